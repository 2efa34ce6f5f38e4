import { useEffect } from "react";
import { Blocks } from "../blocks/blocks.tsx";
import { HomeSurface } from "../blocks/home-surface.tsx";
import { useSlack } from "../state/use-page.ts";
import { useRequest } from "../state/use-request.ts";

/** The App Home. Slack sends an event to the app at every visit. */
export function HomePane() {
  const { home, bot } = useSlack();
  const ask = useRequest();
  useEffect(() => {
    void ask("/api/home", { tab: "home" });
  }, [ask]);
  return (
    <>
      <header className="pg-pane-head">
        <h2>{bot.name} Home</h2>
      </header>
      <div className="pg-home">
        {home === null ? (
          <p className="pg-opening">{bot.name} has not published anything here yet.</p>
        ) : (
          <HomeSurface>
            <Blocks blocks={home} />
          </HomeSurface>
        )}
      </div>
    </>
  );
}
