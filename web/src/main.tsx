import { createRoot } from "react-dom/client";
import { openSession } from "./api/session.ts";
import { Shell } from "./shell/shell.tsx";
import { applyStoredTheme } from "./shell/theme.ts";
import { loadWords } from "./words/load-words.ts";
import { preferredLanguage, Spoken } from "./words/use-words.tsx";
import "./design/tokens.css";
import "./design/base.css";

applyStoredTheme();
const language = preferredLanguage();
// Without a session the page can still be read and typed into; the first write says what is wrong.
const [words] = await Promise.all([loadWords(language), openSession().catch(() => null)]);
const room = document.getElementById("page");
if (room !== null) {
  createRoot(room).render(
    <Spoken initial={{ language, words }}>
      <Shell />
    </Spoken>,
  );
}
