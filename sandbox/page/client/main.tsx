// The playground's client: a small Slack for one person at a time, with the panels of the playground. state/ holds the
// data of the server's stream, layout/ the frame, conversation/ messages and threads, composer/ the command line,
// modal/ and blocks/ the content that the bot sends, notices/ the messages of Slack itself. It runs in a browser: it
// may import protocol/, pure files of the sandbox and the libraries; nothing of server/. To add a panel: add a line in
// layout/panels.ts.
import { createRoot } from "react-dom/client";
import { Page } from "./layout/page.tsx";
import { createPageStore } from "./state/page-store.ts";
import { StoreContext } from "./state/use-page.ts";

const root = document.querySelector("#page");
if (root !== null) {
  const store = createPageStore();
  store.connect("");
  createRoot(root).render(
    <StoreContext value={store}>
      <Page />
    </StoreContext>,
  );
}
