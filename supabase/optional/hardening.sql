-- Optional: strict policies for a database that the web app brought along.
--
-- Run it once, as the role `postgres`, after the migrations (SQL editor, or `psql -f`). It replaces all policies and
-- client grants of users, bands, band_memberships, invite_codes, songs, setlists, shows and practice_sessions by those
-- of a fresh project: above all it drops the policy by which anybody can insert himself as a member of any band.
--
-- What changes for the web app: joining a band, changing roles, leaving and creating a band must go through our
-- functions (redeem_invite, set_member_role, leave_band, create_band); bandmates' names come from
-- band_memberships.member_name, because a person's row in users is his own; viewers can no longer write.
-- Without this the phones work all the same, but anybody with an account can let himself into a band, and the doctor
-- says so. Whoever let himself in before stays in: look through band_memberships once. Tables that only the web app has are left alone. Running it twice is harmless.

select sync.apply_strict_policies();
