export type IconName = keyof typeof PATHS;

/** A decorative drawing. Its meaning is always given as text next to it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="pg-svg" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  send: "M4 12l16-8-6 8 6 8z",
  sun: "M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6L4.6 4.6M19.4 19.4L18 18M6 18l-1.4 1.4M19.4 4.6L18 6M12 8a4 4 0 100 8 4 4 0 000-8z",
  moon: "M20 14.5A8 8 0 119.5 4a6.5 6.5 0 0010.5 10.5z",
  lock: "M7 11V8a5 5 0 0110 0v3M6 11h12v9H6z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  chevron: "M7 10l5 5 5-5",
  thread: "M5 5h14v10h-8l-4 4v-4H5z",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
} as const;
