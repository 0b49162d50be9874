import * as z from "zod";
import { listOf } from "./list.ts";

export const settingSchema = z
  .object({
    key: z.string(),
    value: z.string().nullable(),
    where: z.enum(["collection", "user"]),
    summary: z.string(),
  })
  .meta({ id: "Setting" });
export type SettingValue = z.infer<typeof settingSchema>;

export const settingListSchema = z
  .object({ items: listOf(settingSchema), next: z.null(), version: z.string() })
  .meta({ id: "SettingList" });
export type SettingList = z.infer<typeof settingListSchema>;

export const putSettingsSchema = z
  .object({
    set: z.record(z.string(), z.string().nullable()),
    base: z.string().optional().meta({ description: "the version that was shown" }),
  })
  .meta({ id: "PutSettings" });
export type PutSettings = z.infer<typeof putSettingsSchema>;

export const syncSettingsSchema = z
  .object({ targets: listOf(z.string()), version: z.string() })
  .meta({ id: "SyncSettings" });
export type SyncSettings = z.infer<typeof syncSettingsSchema>;

export const putSyncSettingsSchema = z
  .object({ targets: listOf(z.string()), base: z.string().optional() })
  .meta({ id: "PutSyncSettings" });
