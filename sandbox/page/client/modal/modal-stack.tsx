import { useSlack } from "../state/use-page.ts";
import { Modal } from "./modal.tsx";

/** The view on top of the viewer's stack; those below are on the screen again when it is closed. */
export function ModalStack() {
  const { modal } = useSlack();
  return modal === null ? null : <Modal key={modal.id} modal={modal} />;
}
