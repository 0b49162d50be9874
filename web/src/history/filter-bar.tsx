import { useState } from "react";
import { useWords } from "../words/use-words.tsx";
import { type FilterToken, formatTokens, parseTokens } from "./log/filter-tokens.ts";

/** The filter of a log: a line to type it in, and its conditions as tokens to take away. */
export function FilterBar(props: {
  readonly tokens: readonly FilterToken[];
  readonly onChange: (tokens: readonly FilterToken[]) => void;
}) {
  const { tokens, onChange } = props;
  const { history } = useWords();
  const [typed, setTyped] = useState("");
  const add = () => {
    const fresh = parseTokens(typed);
    setTyped("");
    if (fresh.length > 0) onChange(parseTokens(`${formatTokens(tokens)} ${formatTokens(fresh)}`));
  };
  return (
    <form
      className="tokens"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        type="search"
        className="field tokens-field"
        aria-label={history.filter}
        placeholder={history.filter}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={add}
      />
      {tokens.length === 0 ? null : (
        <ul className="tokens-list" aria-label={history.tokens}>
          {tokens.map((token) => (
            <li key={token.name}>
              <button
                type="button"
                className="token"
                onClick={() => onChange(tokens.filter((one) => one !== token))}
              >
                <span className="unseen">{history.removeToken} </span>
                <span className="token-name">{token.name}</span>
                {token.value}
                <span aria-hidden="true"> ×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
