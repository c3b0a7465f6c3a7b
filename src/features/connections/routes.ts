/** Connections over HTTP, on the shop's host. Consent itself happens at `auth.`: see `consent-routes.ts`. */
import type { ConnectionId, LocationId } from "../../kernel/ids";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import {
  closingChoice, connectAsk, connectAsked, connectionPath, connectionsView, connectRequest, consentStart, locationChoice, locationPath, locationView, newLocation,
} from "./contract";
import { addLocation, askToConnect, beginConsent, chooseLocation, closePeriod, disconnect, refreshConnection, viewConnections } from "./service";
import { ok } from "../../kernel/result";

export const connectionsRoutes = router()
  .get("/connections", guard("connections.read"), gives(connectionsView), async (c) => answer(c, ok(await viewConnections(c.get("visit").db))))
  .post("/connections", guard("connections.manage"), accept("json", connectRequest), gives(consentStart), async (c) => {
    return answer(c, await beginConsent(c.get("world"), c.env, c.get("visit"), c.req.valid("json")));
  })
  .post("/connections/ask", guard("connections.read"), accept("json", connectAsk), gives(connectAsked), async (c) => {
    const visit = c.get("visit");
    const turn = await takeTurn(c, "ask_to_connect", { shop: visit.shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    const { provider } = c.req.valid("json");
    const { connections } = await viewConnections(visit.db);
    const isConnected = connections.some((one) => one.provider === provider && one.state === "connected");
    return answer(c, await askToConnect(c.get("world"), c.env, visit, { provider, isConnected }));
  })
  .post("/connections/:connection/refresh", guard("connections.manage"), accept("param", connectionPath), gives(connectionsView), async (c) => {
    return answer(c, await refreshConnection(c.get("world"), c.env, c.get("visit"), c.req.valid("param").connection as ConnectionId));
  })
  .post("/connections/:connection/disconnect", guard("connections.manage"), accept("param", connectionPath), gives(connectionsView), async (c) => {
    return answer(c, await disconnect(c.get("world"), c.env, c.get("visit"), c.req.valid("param").connection as ConnectionId));
  })
  .put("/connections/:connection/closing", guard("connections.manage"), accept("param", connectionPath), accept("json", closingChoice), gives(connectionsView), async (c) => {
    return answer(c, await closePeriod(c.get("world"), c.get("visit"), c.req.valid("param").connection as ConnectionId, c.req.valid("json").closedThrough));
  })
  .post("/locations", guard("connections.manage"), accept("json", newLocation), gives(locationView), async (c) => answer(c, await addLocation(c.get("world"), c.get("visit"), c.req.valid("json"))))
  .put("/locations/:location", guard("connections.manage"), accept("param", locationPath), accept("json", locationChoice), gives(locationView), async (c) => {
    const id = c.req.valid("param").location as LocationId;
    return answer(c, await chooseLocation(c.get("world"), c.get("visit"), id, c.req.valid("json")));
  });
