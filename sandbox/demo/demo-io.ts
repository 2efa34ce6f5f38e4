/** The process as the demo sees it. */
export interface DemoIo {
  readonly write: (text: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
  readonly isTerminal: boolean;
  /** Undefined when the output is not a terminal. */
  readonly columns: number | undefined;
  readonly colour: boolean;
  /** Rejects when `stopping` is aborted. */
  readonly sleep: (ms: number) => Promise<unknown>;
  /**
   * Opens an address in the person's browser. Returns false when there is no browser or the output is not a terminal.
   */
  readonly browse: (url: string) => boolean;
  /** Aborted when the person presses Ctrl-C or the reader closes the output. */
  readonly stopping: AbortSignal;
}
