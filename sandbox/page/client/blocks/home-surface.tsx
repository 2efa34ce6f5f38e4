import { type ReactNode, useMemo } from "react";
import { useRequest } from "../state/use-request.ts";
import { type Surface, SurfaceContext } from "./surface.ts";

/** Connects the blocks inside with the viewer's App Home. */
export function HomeSurface({ children }: { readonly children: ReactNode }) {
  const ask = useRequest();
  const surface = useMemo((): Surface => {
    const place = { kind: "home" } as const;
    return {
      place,
      form: undefined,
      act: async (blockId, actionId, value) => {
        await ask("/api/action", { place, blockId, actionId, value, fields: [] });
      },
    };
  }, [ask]);
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}
