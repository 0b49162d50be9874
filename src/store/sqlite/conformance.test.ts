import { describeStore } from "../../testing/conformance/describe-store.ts";
import { sqliteSubject } from "../../testing/sqlite-subject.ts";

const capabilities = { persistent: true, checkouts: true };
describeStore("sqlite on this thread", sqliteSubject("inline"), { ...capabilities, modelCases: 100 });
// The same engine behind a channel: starting a thread for each history is what takes the time.
describeStore("sqlite in a thread of its own", sqliteSubject("worker"), { ...capabilities, modelCases: 20 });
