/** Numbers as they are read. */

/** "+1 617 555 0100" of "+16175550100"; any other number as it is. */
export function phoneWords(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3");
}
