import { describe, expect, test } from "vitest";
import type { LocationView } from "../../src/features/connections/contract";
import { choiceOf, draftOf, problemOfDraft } from "../../web/src/pages/connections/location";
import { firstDay, setUpOf } from "../../web/src/pages/set-up/steps";
import { inertMarkup } from "../../web/src/trusted";
import * as shop from "./fixture/shop";

const nothing = { connections: { ...shop.connectionsView(), connections: [], locations: [] }, mapping: { ...shop.mappingView(), lines: [] }, days: { ...shop.daysView("", ""), mode: "preview" as const } };
const whole = { connections: shop.connectionsView(), mapping: { ...shop.mappingView(), lines: shop.mappingView().lines.filter((line) => line.account !== null && line.problem === null) }, days: shop.daysView(shop.daysAgo(20), shop.TODAY) };

describe("the set-up", () => {
  test("begins with the till and ends when days are posted", () => {
    expect(setUpOf(nothing)).toEqual({ done: new Set(), current: "till" });
    expect(setUpOf(whole).current).toBeNull();
  });

  test("resumes at the first step that is not done, whichever others are", () => {
    expect(setUpOf({ ...nothing, connections: { ...whole.connections, locations: [] } }).current).toBe("locations");
    expect(setUpOf({ ...whole, mapping: shop.mappingView() }).current).toBe("mapping");
    expect(setUpOf({ ...whole, days: { ...whole.days, mode: "preview" } }).current).toBe("first_day");
  });

  test("goes back to a connection that has ended", () => {
    const [till, ...others] = whole.connections.connections;
    if (till === undefined) throw new Error("the made-up shop has a till");
    expect(setUpOf({ ...whole, connections: { ...whole.connections, connections: [{ ...till, state: "reconnect_needed" }, ...others] } }).current).toBe("till");
  });

  test("is not done with an empty mapping: nothing was read yet", () => {
    expect(setUpOf({ ...whole, mapping: nothing.mapping }).current).toBe("mapping");
  });

  test("offers a ready day to look at before any other", () => {
    expect(firstDay(whole.days)?.state).toBe("ready");
    expect(firstDay(nothing.days)).toBeNull();
  });
});

describe("the choice of a location", () => {
  const kept: LocationView = { id: "a", connectionId: "d", name: "Pier", code: "PIR", zone: "UTC", currency: "USD", cutOffMinutes: 120, tillCutOffMinutes: null, startsOn: "2026-01-01", nextDueAt: null };
  const draft = draftOf(kept, "2026-07-15");

  test("asks from which day a changed hour holds, so that days already posted are not cut again", () => {
    expect(choiceOf(kept, draft)).toEqual({ startsOn: "2026-01-01", cutOffMinutes: 120, code: "PIR" });
    expect(choiceOf(kept, { ...draft, cutOffMinutes: 180 })).toEqual({ startsOn: "2026-01-01", cutOffMinutes: 180, code: "PIR", cutOffFrom: "2026-07-15" });
    expect(choiceOf({ ...kept, startsOn: null }, { ...draft, cutOffMinutes: 180 })).not.toHaveProperty("cutOffFrom");
  });

  test("proposes the hour at which the till itself ends its day, until one was chosen", () => {
    const fresh: LocationView = { ...kept, startsOn: null, cutOffMinutes: 0, tillCutOffMinutes: 180 };
    expect(draftOf(fresh, "2026-07-15").cutOffMinutes).toBe(180);
    expect(draftOf({ ...fresh, tillCutOffMinutes: null }, "2026-07-15").cutOffMinutes).toBe(0);
    expect(draftOf({ ...fresh, startsOn: "2026-01-01" }, "2026-07-15").cutOffMinutes).toBe(0);
    expect(draftOf({ ...fresh, cutOffMinutes: 120 }, "2026-07-15").cutOffMinutes).toBe(120);
  });

  test("is refused with the field that is wrong", () => {
    expect(problemOfDraft(kept, draft)).toBeNull();
    expect(problemOfDraft(kept, { ...draft, startsOn: "2026-02-30" })?.field).toBe("startsOn");
    expect(problemOfDraft(kept, { ...draft, code: "P1" })?.field).toBe("code");
    expect(problemOfDraft(kept, { ...draft, cutOffMinutes: 0, cutOffFrom: "" })?.field).toBe("cutOffFrom");
  });
});

describe("markup", () => {
  test("of templates passes", () => {
    expect(inertMarkup("<div class=day><b>2,408.53")).toBe("<div class=day><b>2,408.53");
  });

  test.each(["<script>1</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "<iframe srcdoc=x>", "<svg/onload=x>", "<STYLE>"])("that could run is refused: %s", (markup) => {
    expect(() => inertMarkup(markup)).toThrow(TypeError);
  });
});
