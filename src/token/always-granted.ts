/** Meta grants it with every login, and no form lets a person leave it out (permissions reference, read 2026-11). */
export const ALWAYS_GRANTED = "public_profile";
