// The playground's client: a small Slack for one person at a time, with the panels of the playground. state/ holds the
// data of the server's stream and the page's address, and layout/ the frame. conversation/ has messages and threads,
// composer/ the command line, notices/ the messages of Slack itself, and start/ the card for newcomers. modal/ and
// blocks/ draw the content that the bot sends. The client runs in a browser. It may import protocol/, pure files of the
// sandbox and the libraries; nothing of server/. To add a panel: add a line in layout/panels.ts.
import { createRoot } from "react-dom/client";
import { Page } from "./layout/page.tsx";
import { readAddress } from "./state/address.ts";
import { keepAddress } from "./state/keep-address.ts";
import { createPageStore } from "./state/page-store.ts";
import { StoreContext } from "./state/use-page.ts";

const root = document.querySelector("#page");

if (root !== null) {
  const store = createPageStore(readAddress(location.hash));
  keepAddress(store);
  store.connect("");
  createRoot(root).render(
    <StoreContext value={store}>
      <Page />
    </StoreContext>,
  );
}
