import { Center, Loader } from '@mantine/core';

/** The first moment, before anything is known. */
export function Splash() {
  return (
    <Center h="100%" role="status" aria-busy="true">
      <Loader size="sm" type="dots" />
    </Center>
  );
}
