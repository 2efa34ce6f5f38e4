import { createContext } from "react";
import type { Theme } from "./use-theme.ts";

/** The theme for the library's messages, which otherwise follow only the system's setting. */
export const ThemeContext = createContext<Theme>("light");
