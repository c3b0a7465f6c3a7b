/** What stands on the queue: whose reports are filed, as of when. */
import { z } from "zod";
import type { ShopId } from "../../kernel/ids";
import { defineMessage } from "../../platform/queue";
import { id } from "../connections/contract";

const fileReports = z.strictObject({
  shopId: id.transform((text) => text as ShopId),
  /** Where the shop's rows are, as the directory said when this was sent. */
  shard: z.int().min(0).max(9_999),
  /** When it was planned, epoch milliseconds. Reports are made as of then, so that a second delivery makes the same ones. */
  at: z.int().min(0),
});
export type FileReports = z.output<typeof fileReports>;
export const fileReportsMessage = defineMessage<FileReports>("file-reports", fileReports);
