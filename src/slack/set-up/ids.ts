/** Action ID of the button of the test message. */
export const PRESS = "set-up.press";
