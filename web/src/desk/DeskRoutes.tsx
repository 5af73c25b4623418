import { Navigate, Route, Routes } from 'react-router';
import { ModulePage } from './ModulePage';

/** Every address of Desk, below /desk/:org. */
export function DeskRoutes() {
  return (
    <Routes>
      <Route index element={<Navigate to="tickets" replace />} />
      {['tickets', 'contacts', 'accounts'].map((module) => (
        <Route key={module} path={module} element={<ModulePage name={module} key={module} />} />
      ))}
    </Routes>
  );
}
