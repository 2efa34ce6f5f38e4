import { useEffect, useState } from "react";

export type Theme = "light" | "dark";

/** Follows the system's theme until the person chooses one. The choice is stored in this browser. */
export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  const [chosen, setChosen] = useState(kept);
  const [dark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = (): void => setDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  const theme = chosen ?? (dark ? "dark" : "light");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return {
    theme,
    choose: (next) => {
      localStorage.setItem(KEPT_AS, next);
      setChosen(next);
    },
  };
}

const DARK = "(prefers-color-scheme: dark)";
const KEPT_AS = "wa-token-playground-theme";

function kept(): Theme | undefined {
  const value = localStorage.getItem(KEPT_AS);
  return value === "light" || value === "dark" ? value : undefined;
}
