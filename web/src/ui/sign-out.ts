/** Leaving a shop. */
import { shopApi } from "../api";

/** Ends this shop's session and goes to where one signs in, even when the server could not be told. */
export async function leaveShop(authUrl: string): Promise<void> {
  await shopApi.signOut();
  location.assign(authUrl);
}
