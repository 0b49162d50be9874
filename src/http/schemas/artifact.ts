import * as z from "zod";
import { actorSchema } from "./actor.ts";
import { listOf } from "./list.ts";

export const kindSegments = ["skills", "agents", "commands", "rules"] as const;
export const kindSegmentSchema = z.enum(kindSegments);
export type KindSegment = z.infer<typeof kindSegmentSchema>;

/** How one copy of an artifact stands; every state has its reason. */
export const targetStateSchema = z
  .object({
    target: z.string().meta({ example: "claude:project" }),
    runtime: z.string(),
    state: z.enum([
      "in-sync",
      "behind",
      "ahead",
      "diverged",
      "missing",
      "extra",
      "blocked",
      "unsupported",
      "native",
    ]),
    reason: z.string(),
  })
  .meta({ id: "TargetState" });
export type TargetStateValue = z.infer<typeof targetStateSchema>;

export const mtimeSchema = z.string().meta({
  description: "nanoseconds as decimal digits: a number would round them",
  pattern: "^[0-9]+$",
  example: "1795291331000123456",
});

export const versionSchema = z
  .string()
  .meta({ description: "the version of the whole artifact", example: `sha256:${"0".repeat(64)}` });

export const lastChangeSchema = z
  .object({ actor: actorSchema, operation: z.string(), at: z.string() })
  .nullable();

export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  path: z.string(),
  line: z.number().nullable(),
  message: z.string(),
});

export const artifactReadSchema = z
  .object({
    kind: kindSegmentSchema,
    name: z.string(),
    collection: z.object({ id: z.string(), name: z.string() }),
    scope: z.enum(["project", "user", "local"]),
    path: z.string().nullable(),
    content: z.string().nullable().meta({ description: "null where the main file is absent or no text" }),
    masked: z.boolean().meta({ description: "a secret stands in it, and is not shown" }),
    mtime_ns: mtimeSchema.nullable(),
    version: versionSchema,
    declaredName: z.string().nullable(),
    description: z.string().nullable(),
    fields: z.record(z.string(), z.unknown()).nullable(),
    files: listOf(
      z.object({ path: z.string(), size: z.number(), executable: z.boolean(), blob: z.string() }),
    ),
    problems: listOf(problemSchema),
    conflicts: listOf(z.string()),
    lastChange: lastChangeSchema,
    targets: listOf(targetStateSchema),
    targetsAsOf: z.string().nullable().meta({ description: "when the targets were looked at" }),
    notices: listOf(z.object({ code: z.string(), text: z.string() })),
  })
  .meta({ id: "ArtifactRead" });
export type ArtifactRead = z.infer<typeof artifactReadSchema>;

export const artifactItemSchema = z
  .object({
    kind: kindSegmentSchema,
    name: z.string(),
    version: versionSchema,
    declaredName: z.string().nullable(),
    description: z.string().nullable(),
    files: z.number(),
    problems: listOf(z.string()),
    targets: listOf(targetStateSchema),
  })
  .meta({ id: "ArtifactItem" });
export type ArtifactItem = z.infer<typeof artifactItemSchema>;

export const artifactListSchema = z
  .object({
    items: listOf(artifactItemSchema),
    next: z.string().nullable(),
    targetsAsOf: z.string().nullable(),
  })
  .meta({ id: "ArtifactList" });
export type ArtifactList = z.infer<typeof artifactListSchema>;

export const renderedSchema = z
  .object({
    items: listOf(
      z.object({
        target: z.string(),
        state: targetStateSchema.shape.state,
        reason: z.string(),
        files: listOf(z.object({ path: z.string(), content: z.string().nullable() })),
        dropped: listOf(z.object({ field: z.string(), why: z.string() })),
      }),
    ),
    next: z.null(),
  })
  .meta({ id: "Rendered" });
export type Rendered = z.infer<typeof renderedSchema>;

export const fileDiffSchema = z
  .object({
    path: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    patch: z.string().meta({ description: "a unified diff; empty for binary files" }),
    binary: z.boolean(),
  })
  .meta({ id: "FileDiff" });
export type FileDiffValue = z.infer<typeof fileDiffSchema>;

export const diffSchema = z.object({ items: listOf(fileDiffSchema), next: z.null() }).meta({ id: "Diff" });
export type DiffValue = z.infer<typeof diffSchema>;
