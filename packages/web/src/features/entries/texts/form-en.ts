/** The words of the form for a server. */
export const formEn = {
  new: 'New server',
};
