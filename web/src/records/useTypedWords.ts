import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';

/**
 * What stands in a search box, and the search for it `typing_ms` after the last stroke. `words` are those that are
 * searched for: where they change elsewhere, as by the back button, the box follows and what waits is given up.
 */
export function useTypedWords(words: string, search: (text: string) => void, typing_ms: number) {
  const [typed, setTyped] = useState(words);
  const [seen, setSeen] = useState(words);
  /** What the box has asked for comes back as `words`, when more may have been typed already. */
  const [asked, setAsked] = useState(words.trim());
  const ask = (text: string) => {
    setAsked(text.trim());
    search(text);
  };
  const askLater = useDebouncedCallback(ask, typing_ms);
  if (words !== seen) {
    setSeen(words);
    if (words.trim() !== asked) {
      setAsked(words.trim());
      setTyped(words);
    }
  }
  useEffect(() => {
    if (typed.trim() === words.trim()) askLater.cancel();
  }, [typed, words, askLater]);
  return {
    typed,
    type: (text: string) => {
      setTyped(text);
      askLater(text);
    },
    clear: () => {
      askLater.cancel();
      setTyped('');
      ask('');
    },
  };
}
