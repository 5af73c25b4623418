// Journeys that make no sense in a manner: why, and which test goes the same way otherwise.
export const exceptions = [
  {
    manner: 'keyboard', test: 'a card is moved by hand',
    because: 'it is about dragging', instead: 'a card is moved by its menu and by keyboard',
  },
  {
    manner: 'phone', test: 'a card is moved by hand',
    because: 'a finger that drags scrolls, and one column is shown at a time', instead: 'a card is moved by its menu and by keyboard',
  },
];
