import { type ReactNode, useMemo } from "react";
import { useRequest } from "../state/use-request.ts";
import { type Surface, SurfaceContext } from "./surface.ts";

/** Connects the blocks inside with this message. */
export function MessageSurface({ channel, ts, children }: MessageSurfaceProps) {
  const ask = useRequest();
  const surface = useMemo((): Surface => {
    const place = { kind: "message", channel, ts } as const;
    return {
      place,
      form: undefined,
      act: async (blockId, actionId, value) => {
        await ask("/api/action", { place, blockId, actionId, value, fields: [] });
      },
    };
  }, [ask, channel, ts]);
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}

interface MessageSurfaceProps {
  readonly channel: string;
  readonly ts: string;
  readonly children: ReactNode;
}
