/** The words of this feature's screens. */
export const en = {
  title: 'Organizations',
};
