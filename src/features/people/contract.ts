/** A person as they are written down. */
import { z } from "zod";

/**
 * An email address in the one form in which it is stored and looked up. It is judged before it is lowered: some letters
 * outside ASCII become ASCII when lowered (the Kelvin sign becomes "k"), and would make one address into another.
 */
export const emailAddress = z.email("Enter an email address such as name@example.com.").max(254).transform((text) => text.toLowerCase());

export const personName = z.string().trim().min(1, "Enter a name.").max(100);
