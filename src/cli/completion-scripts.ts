export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell loads. Each script asks `stet completion --complete` for candidates, one a line, value and
 * description parted by a tab, so that names are those of the moment.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# stet completion for bash. Load it with: source <(stet completion bash)
_stet() {
  local line words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS= read -r line; do
    [[ -n $line ]] && COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")")
  done < <("\${COMP_WORDS[0]}" completion --complete -- "\${words[@]}" 2>/dev/null)
}
complete -o default -F _stet stet
`,
  zsh: `#compdef stet
# stet completion for zsh. Load it with: source <(stet completion zsh)
_stet() {
  local line value
  local -a candidates
  while IFS= read -r line; do
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" completion --complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe stet candidates
}
compdef _stet stet
`,
  fish: `# stet completion for fish. Load it with: stet completion fish | source
complete -c stet -f -a '(stet completion --complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
