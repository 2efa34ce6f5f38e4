/** The process as the demo sees it. */
export interface DemoIo {
  readonly write: (text: string) => void;
  /** To standard error. */
  readonly complain: (text: string) => void;
  readonly isTerminal: boolean;
  /** Undefined when it is no terminal. */
  readonly columns: number | undefined;
  readonly colour: boolean;
  /** Rejects when `stopping` is aborted. */
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Opens an address in the person's browser; false where there is none, or nobody looks. */
  readonly browse: (url: string) => boolean;
  /** Aborted at Ctrl-C, or when nobody reads on. */
  readonly stopping: AbortSignal;
}
