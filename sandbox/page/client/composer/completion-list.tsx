import type { Completion } from "./completions.ts";

export function CompletionList({ id, completions, active, onTake }: CompletionListProps) {
  return (
    <ul className="pg-completions" id={id} role="listbox" aria-label="Commands">
      {completions.map((completion, index) => (
        <li
          key={completion.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // The composer must keep the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(completion)}
        >
          <b>{completion.label}</b>
          <span>{completion.what}</span>
        </li>
      ))}
    </ul>
  );
}

interface CompletionListProps {
  readonly id: string;
  readonly completions: readonly Completion[];
  readonly active: number;
  readonly onTake: (completion: Completion) => void;
}
