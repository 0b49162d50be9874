import { useMemo } from "react";
import { slotsOf } from "../api/api-error.ts";
import { editorPath } from "../api/artifact-address.ts";
import { type ChangeOutcomeValue, redoLast, undoLast } from "../api/operations.ts";
import { useToast } from "../design/toast.tsx";
import { goTo } from "../shell/router.ts";
import { type Theme, themes } from "../shell/theme.ts";
import { languageNames, languages } from "../words/language.ts";
import { useLanguage, useWords } from "../words/use-words.tsx";
import type { PageAction } from "./page-action.ts";

interface ActionParts {
  readonly artifacts: readonly {
    readonly kind: Parameters<typeof editorPath>[0]["kind"];
    readonly name: string;
  }[];
  readonly setTheme: (theme: Theme) => void;
  readonly showShortcuts: () => void;
}

/** All that can be done from anywhere: pages, undo and redo, every artifact with its history, looks, help. */
export function usePageActions({ artifacts, setTheme, showShortcuts }: ActionParts): readonly PageAction[] {
  const words = useWords();
  const { speak } = useLanguage();
  const toast = useToast();
  return useMemo(() => {
    const { shell, commands, history } = words;
    const fail = (error: unknown) => toast(slotsOf(error, shell).what);
    const told =
      (done: string, again: { readonly label: string; readonly act: () => void }) =>
      (outcome: ChangeOutcomeValue) =>
        outcome.operation === null ? toast(history.nothingToUndo) : toast(done, again);
    const undo = () =>
      void undoLast().then(told(history.undoneLast, { label: history.redoThat, act: redo }), fail);
    const redo = () =>
      void redoLast().then(told(history.redone, { label: history.undoThat, act: undo }), fail);
    const pages = [
      { path: "/", label: shell.artifacts },
      { path: "/history", label: shell.history },
      { path: "/targets", label: shell.targets },
      { path: "/plan", label: shell.plan },
      { path: "/conflicts", label: shell.conflicts },
    ];
    const looks: Readonly<Record<Theme, string>> = {
      system: shell.themeSystem,
      light: shell.themeLight,
      dark: shell.themeDark,
    };
    return [
      ...pages.map(({ path, label }) => ({
        key: path,
        label: commands.goTo({ page: label }),
        act: () => goTo(path),
      })),
      { key: "undo", label: commands.undo, keys: ["Ctrl", "Alt", "Z"], act: undo },
      { key: "redo", label: commands.redo, act: redo },
      { key: "shortcuts", label: commands.shortcuts, keys: ["?"], act: showShortcuts },
      ...themes.map((theme) => ({
        key: `theme ${theme}`,
        label: commands.theme({ theme: looks[theme] }),
        act: () => setTheme(theme),
      })),
      ...languages.map((language) => ({
        key: `language ${language}`,
        label: commands.language({ language: languageNames[language] }),
        act: () => speak(language),
      })),
      ...artifacts.flatMap((artifact) => [
        {
          key: `open ${artifact.kind}/${artifact.name}`,
          label: commands.open({ name: artifact.name, kind: words.kinds[artifact.kind] }),
          act: () => goTo(editorPath(artifact)),
        },
        {
          key: `history ${artifact.kind}/${artifact.name}`,
          label: history.of({ name: artifact.name }),
          act: () => goTo(`/history/${artifact.kind}/${encodeURIComponent(artifact.name)}`),
        },
      ]),
    ];
  }, [artifacts, setTheme, showShortcuts, speak, toast, words]);
}
