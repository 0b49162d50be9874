/** What an engine of a store is tested with; see docs of `describeStore`. */
export { describeStore } from "./conformance/describe-store.ts";
export type {
  OpenFreshStore,
  StoreSubject,
  SubjectCapabilities,
  SubjectOptions,
} from "./conformance/store-subject.ts";
