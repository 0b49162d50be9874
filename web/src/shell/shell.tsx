import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Commands } from "../commands/commands.tsx";
import { EmptyState, LoadingState } from "../design/states.tsx";
import { ToastRoom } from "../design/toast.tsx";
import { PastBanner } from "../history/past/past-banner.tsx";
import { ListPage } from "../list/list-page.tsx";
import { useWords } from "../words/use-words.tsx";
import { Appearance } from "./appearance.tsx";
import { Link } from "./link.tsx";
import { PageBoundary } from "./page-boundary.tsx";
import { type Route, routeOf } from "./route.ts";
import { usePlace } from "./router.ts";
import { StaleBadge } from "./stale-badge.tsx";
import "./shell.css";

const EditorPage = lazy(() => import("../editor/editor-page.tsx"));
const HistoryPage = lazy(() => import("../history/history-page.tsx"));
const PastArtifact = lazy(() => import("../history/past/past-artifact.tsx"));
const TargetsPage = lazy(() => import("../targets/targets-page.tsx"));
const PlanPage = lazy(() => import("../plan/plan-page.tsx"));
const ConflictsPage = lazy(() => import("../conflicts/conflicts-page.tsx"));

/** The frame of every screen: where one is, where one can go, and whether what one sees is up to date. */
export function Shell() {
  const words = useWords();
  const { path, query } = usePlace();
  const route = routeOf(path);
  const at = query.get("at") ?? undefined;
  return (
    <ToastRoom>
      <a className="skip" href="#content">
        {words.shell.skipToContent}
      </a>
      <header className="bar">
        <Link className="mark" href="/" lang="en">
          {"stet"}
        </Link>
        <Navigation path={path} />
        <StaleBadge />
        <Commands />
        <Appearance />
      </header>
      {at === undefined ? null : <PastBanner at={at} here={path} />}
      <main id="content" className="content" tabIndex={-1}>
        {/* Keyed by the address: nothing of one screen, or of one artifact, is there on the next (BUGS S6). */}
        <PageBoundary key={path}>
          <Suspense fallback={<LoadingState />}>
            <Screen route={route} at={at} />
          </Suspense>
        </PageBoundary>
      </main>
    </ToastRoom>
  );
}

function Navigation({ path }: { readonly path: string }) {
  const { shell } = useWords();
  const pages = [
    { href: "/", label: shell.artifacts },
    { href: "/history", label: shell.history },
    { href: "/targets", label: shell.targets },
    { href: "/plan", label: shell.plan },
    { href: "/conflicts", label: shell.conflicts },
  ];
  return (
    <nav aria-label={shell.navigation}>
      <ul>
        {pages.map(({ href, label }) => (
          <li key={href}>
            <Link href={href} aria-current={isIn(path, href) ? "page" : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** An artifact belongs to the list that it was found in. */
function isIn(path: string, page: string): boolean {
  return page === "/" ? path === "/" || path.startsWith("/a/") : path.startsWith(page);
}

function Screen({ route, at }: { readonly route: Route; readonly at: string | undefined }): ReactNode {
  const { shell, list, history } = useWords();
  switch (route.screen) {
    case "artifacts":
      return (
        <Titled title={list.title}>
          <ListPage at={at} />
        </Titled>
      );
    case "editor": {
      const { kind, name } = route;
      return (
        <Titled title={name}>
          {at === undefined ? (
            <EditorPage kind={kind} name={name} />
          ) : (
            <PastArtifact kind={kind} name={name} at={at} />
          )}
        </Titled>
      );
    }
    case "history":
      return (
        <Titled
          title={route.artifact === undefined ? shell.history : history.of({ name: route.artifact.name })}
        >
          <HistoryPage artifact={route.artifact} />
        </Titled>
      );
    case "targets":
      return (
        <Titled title={shell.targets}>
          <TargetsPage />
        </Titled>
      );
    case "plan":
      return (
        <Titled title={shell.plan}>
          <PlanPage />
        </Titled>
      );
    case "conflicts":
      return (
        <Titled title={shell.conflicts}>
          <ConflictsPage />
        </Titled>
      );
    case "unknown":
      return (
        <Titled title={shell.notFound}>
          <EmptyState level={1} title={shell.notFound} text={shell.notFoundText}>
            <Link className="button" href="/">
              {shell.toArtifacts}
            </Link>
          </EmptyState>
        </Titled>
      );
  }
}

function Titled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { shell } = useWords();
  useEffect(() => {
    document.title = shell.title({ page: title });
  }, [shell, title]);
  return children;
}
