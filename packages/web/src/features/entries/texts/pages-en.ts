/** The words of the other screens. */
export const pagesEn = {
  overview: { title: 'Servers' },
};
