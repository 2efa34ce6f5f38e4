import { useSlack } from "../state/use-page.ts";
import { Modal } from "./modal.tsx";

/** The top view of the viewer's stack. Closing it shows the view below again. */
export function ModalStack() {
  const { modal } = useSlack();
  return modal === null ? null : <Modal key={modal.id} modal={modal} />;
}
