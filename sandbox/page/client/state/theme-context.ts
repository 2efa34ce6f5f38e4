import { createContext } from "react";
import type { Theme } from "./use-theme.ts";

/** For the library, which asks in each message and would look at the system only. */
export const ThemeContext = createContext<Theme>("light");
