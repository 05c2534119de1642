/** Comments that a file no longer holds now that it is written anew, for whoever wants to put them back. */
export function lostCommentLines(comments: readonly string[]): readonly string[] {
  return comments.length === 0 ? [] : ['Comments that found no place in what is written anew:', ...comments]
}
