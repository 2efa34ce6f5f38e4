import { type ReactNode, useRef } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { Icon } from "../layout/icon.tsx";
import { useFollow } from "./use-follow.ts";

/** A scrollable list of messages, with a button for the new ones that are out of view. */
export function MessageList({ label, messages, opensAt, children }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const { waiting, jump } = useFollow(list, messages, opensAt);
  return (
    <div className="pg-list">
      <div className="pg-messages" ref={list} role="log" aria-label={label} tabIndex={0}>
        {children}
      </div>
      {waiting === 0 ? null : (
        <button type="button" className="pg-new" onClick={jump}>
          {waiting === 1 ? "1 new message" : `${waiting} new messages`}
          <Icon name="chevron" />
        </button>
      )}
    </div>
  );
}

interface MessageListProps {
  readonly label: string;
  /** Every message in the list, oldest first. */
  readonly messages: readonly MessageView[];
  readonly opensAt: "newest" | "beginning";
  readonly children: ReactNode;
}
