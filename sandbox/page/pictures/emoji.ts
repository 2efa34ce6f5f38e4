/**
 * The bot's emoji as drawings. Slack also draws pictures for them, and not every machine has a font that contains them.
 */
export const EMOJI_DRAWINGS: Readonly<Record<string, string>> = {
  "🔴": drawing('<circle cx="10" cy="10" r="9" fill="#dd2e44"/>'),
  "🟠": drawing('<circle cx="10" cy="10" r="9" fill="#f4900c"/>'),
  "✅": drawing(
    '<rect x="1" y="1" width="18" height="18" rx="4" fill="#2e9b5b"/><path d="M5.5 10.5l3 3.2 6-7.4" fill="none" stroke="#fff"/>',
  ),
  "⏳": drawing(
    '<path d="M5 2h10v3l-4 5 4 5v3H5v-3l4-5-4-5z" fill="#f4cf7c" stroke="#8a5a14" stroke-width="1.5"/><path d="M7 17l3-3 3 3z" fill="#b9791c"/>',
  ),
  "⚠": drawing(
    '<path d="M10 2l8.6 15.6H1.4z" fill="#f6c343" stroke="#d99a13" stroke-width="1.4"/><path d="M10 7.4v4.6M10 14.8v.2" stroke="#3a2a00" stroke-width="2"/>',
  ),
  "⛔": drawing('<circle cx="10" cy="10" r="9" fill="#d1293d"/><path d="M5.2 10h9.6" stroke="#fff" stroke-width="3"/>'),
  "❔": drawing(
    '<path d="M6.5 7a3.5 3.5 0 117 0c0 2.6-3.5 2.8-3.5 5.4M10 16.4v.2" fill="none" stroke="#8d8d93" stroke-width="2.6"/>',
  ),
  "🔄": drawing(
    '<rect x="1" y="1" width="18" height="18" rx="4" fill="#3b78c3"/><path d="M5.4 9a4.8 4.8 0 018.4-2M14.6 11a4.8 4.8 0 01-8.4 2" fill="none" stroke="#fff" stroke-width="1.8"/><path d="M14.6 3.8v3.6H11M5.4 16.2v-3.6H9" fill="none" stroke="#fff" stroke-width="1.8"/>',
  ),
  "🌙": drawing(
    '<path d="M15.5 13A7 7 0 118 3.2a6 6 0 007.5 9.8z" fill="#f4cf7c" stroke="#d3a43b" stroke-width="1.2"/>',
  ),
};

function drawing(inner: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>`;
}
