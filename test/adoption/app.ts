/** The app that models are read for. */
export const app = 'shop'
