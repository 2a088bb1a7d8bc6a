/** What the user can mend: one line that says what is wrong, where, and what to do; shown without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
