import { useLocation, useNavigate } from 'react-router-dom';

/** Beside the page: says where the browser is, and goes back. */
export function Browser() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <nav aria-label="Browser">
      <output>{`${pathname}${search}`}</output>
      <button onClick={() => navigate(-1)}>Back</button>
    </nav>
  );
}
