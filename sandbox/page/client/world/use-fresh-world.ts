import { useEffect, useRef } from "react";
import { usePage, useSlack, useStore } from "../state/use-page.ts";

/** After a reset, people and channels have new ids. The page continues with those of the same names. */
export function useFreshWorld(): void {
  const store = useStore();
  const { viewer, people, conversations } = useSlack();
  const { place, wished } = usePage();
  const name = useRef("");

  useEffect(() => {
    const here = conversations.find(({ id }) => id === place);
    if (here !== undefined) name.current = here.name;
    else if (place !== undefined && place !== "home") {
      const same = conversations.find((conversation) => conversation.name === name.current);
      if (same !== undefined) store.change({ place: same.id, thread: undefined });
    }
  }, [store, place, conversations]);

  useEffect(() => {
    if (wished !== "" && !people.some(({ id }) => id === wished)) store.connect(viewer.id);
  }, [store, wished, people, viewer.id]);
}
