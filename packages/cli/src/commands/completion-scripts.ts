/** Shells that can complete our command lines. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * The scripts only hand over what was typed to `millrace complete`, which knows the commands, and show what it offers: a
 * candidate a line, with its summary after a tab, or one line that asks for names of files or directories.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  // The words are taken from the line: bash would part them at : and = too, and wants back what follows the last of these.
  bash: `_millrace() {
  local line=\${COMP_LINE:0:COMP_POINT} words current offer
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]} - 1]}
  COMPREPLY=()
  while IFS=$'\\t' read -r offer _; do
    case $offer in
      :files) compopt -o default; return ;;
      :directories) compopt -o dirnames; return ;;
      *) COMPREPLY+=("\${offer#"\${current%"\${current##*[=:]}"}"}") ;;
    esac
  done < <("$1" complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _millrace millrace
`,
  zsh: `#compdef millrace
_millrace() {
  local -a offers candidates
  local offer
  offers=("\${(@f)$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  case $offers[1] in
    :files) _files; return ;;
    :directories) _files -/; return ;;
  esac
  for offer in $offers; do
    candidates+=("\${\${offer%%$'\\t'*}//:/\\\\:}:\${offer#*$'\\t'}")
  done
  (( $#candidates )) && _describe -V millrace candidates
}
compdef _millrace millrace
`,
  fish: `function __millrace_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l offers ($words[1] complete -- $words[2..] "$current" 2>/dev/null)
    switch "$offers[1]"
        case :files
            __fish_complete_path "$current"
        case :directories
            __fish_complete_directories "$current"
        case '*'
            printf '%s\\n' $offers
    end
end
complete -c millrace -f -a '(__millrace_complete)'
`,
};
