/** How many parts a text is sent in (3GPP TS 23.038): 160 characters of GSM-7, 70 of UCS-2; in several parts 153 and 67. */

const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWICE = "^{}\\[~]|€\f";

/** The parts of a body; a text without one, of media alone, is one. */
export function partsOf(body: string): number {
  const isGsm = Array.from(body).every((character) => BASIC.includes(character) || TWICE.includes(character));
  const units = isGsm ? body.length + Array.from(body).filter((character) => TWICE.includes(character)).length : body.length;
  const [alone, together] = isGsm ? [160, 153] : [70, 67];
  return units <= alone ? 1 : Math.ceil(units / together);
}
