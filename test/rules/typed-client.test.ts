/** The types that the web app builds on: every route of a site is known to `hc` by path, input and answer. */
import type { hc, InferRequestType, InferResponseType } from "hono/client";
import { describe, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { AuthApi, ShopApi } from "../../src/app";
import type { ShopView } from "../../src/features/shops/contract";
import type { MeView } from "../../src/features/sessions/contract";
import type { signInRequest } from "../../src/features/sign-in/contract";

type Shop = ReturnType<typeof hc<ShopApi>>;
type Auth = ReturnType<typeof hc<AuthApi>>;

describe("the typed client", () => {
  it("knows what a route takes and what it answers with", () => {
    expectTypeOf<InferResponseType<Shop["api"]["shop"]["$get"], 200>>().toEqualTypeOf<ShopView>();
    expectTypeOf<InferRequestType<Auth["api"]["sign-in"]["$post"]>["json"]>().toEqualTypeOf<z.input<typeof signInRequest>>();
    expectTypeOf<InferResponseType<Auth["api"]["sign-in"]["$post"], 200>>().toEqualTypeOf<{ next: string }>();
    expectTypeOf<InferResponseType<Auth["api"]["me"]["$get"], 200>>().toEqualTypeOf<MeView>();
    expectTypeOf<InferResponseType<Auth["api"]["me"]["$get"], 401>["error"]["title"]>().toEqualTypeOf<string>();
  });

  it("reaches every feature's routes", () => {
    expectTypeOf<Shop["api"]>().toHaveProperty("days");
    expectTypeOf<Shop["api"]>().toHaveProperty("mapping");
    expectTypeOf<Shop["api"]>().toHaveProperty("connections");
    expectTypeOf<Shop["api"]>().toHaveProperty("backfills");
    expectTypeOf<Shop["api"]>().toHaveProperty("posting");
    expectTypeOf<Shop["api"]["sign-out"]>().toHaveProperty("$post");
  });
});
