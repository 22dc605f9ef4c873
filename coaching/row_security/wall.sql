CREATE OR REPLACE FUNCTION app_me() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.user_id', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION app_coach() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.coach_id', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION app_system() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.system', true), '') $$;

CREATE OR REPLACE FUNCTION app_content() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT keeper.id FROM coaching_partnership keeper WHERE keeper.worker_id = app_me() OR (keeper.supervisor_id = app_me() AND keeper.engagement <> 'ended')); END $$;

CREATE OR REPLACE FUNCTION app_as_worker() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT keeper.id FROM coaching_partnership keeper WHERE keeper.worker_id = app_me()); END $$;

CREATE OR REPLACE FUNCTION app_as_supervisor() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT keeper.id FROM coaching_partnership keeper WHERE keeper.supervisor_id = app_me() AND keeper.engagement <> 'ended'); END $$;

CREATE OR REPLACE FUNCTION app_as_either() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT keeper.id FROM coaching_partnership keeper WHERE app_me() IN (keeper.worker_id, keeper.supervisor_id)); END $$;

CREATE OR REPLACE FUNCTION app_ended() RETURNS varchar[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT keeper.slug FROM coaching_partnership keeper WHERE app_me() IN (keeper.worker_id, keeper.supervisor_id) AND keeper.engagement = 'ended'); END $$;

CREATE OR REPLACE FUNCTION app_released() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT r.partnership_id FROM coaching_release r WHERE r.reader_id = app_coach() AND r.taken_back_at IS NULL); END $$;

CREATE OR REPLACE FUNCTION app_released_aspects() RETURNS TABLE (partnership uuid, slug varchar) LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = public, pg_temp AS $$ BEGIN RETURN QUERY
    SELECT r.partnership_id, r.aspect_slug FROM coaching_release r WHERE r.reader_id = app_coach() AND r.taken_back_at IS NULL; END $$;

CREATE OR REPLACE FUNCTION app_released_sessions() RETURNS TABLE (partnership uuid, session uuid) LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = public, pg_temp AS $$ BEGIN RETURN QUERY
    SELECT r.partnership_id, r.session_id FROM coaching_release r WHERE r.reader_id = app_coach() AND r.taken_back_at IS NULL AND r.session_id IS NOT NULL; END $$;

CREATE OR REPLACE FUNCTION app_released_focuses() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT f.id FROM coaching_focus f JOIN app_released_aspects() r ON r.partnership = f.partnership_id AND r.slug = f.aspect_slug); END $$;

CREATE OR REPLACE FUNCTION app_released_goals() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT g.id FROM coaching_goal g WHERE g.focus_id = ANY (app_released_focuses())); END $$;

CREATE OR REPLACE FUNCTION app_released_entries() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT e.id FROM coaching_practiceentry e WHERE e.goal_id = ANY (app_released_goals())); END $$;

CREATE OR REPLACE FUNCTION app_revealed() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT d.partnership_id FROM coaching_walkthroughdone d WHERE d.partnership_id = ANY (app_content() || app_released()) GROUP BY d.partnership_id HAVING count(*) = 2); END $$;

CREATE OR REPLACE FUNCTION app_released_reflections() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_reflection w WHERE (w.partnership_id, w.session_id) IN (SELECT * FROM app_released_sessions())); END $$;

CREATE OR REPLACE FUNCTION app_released_self_ratings() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_selfrating w WHERE w.focus_id = ANY (app_released_focuses())); END $$;

CREATE OR REPLACE FUNCTION app_released_observations() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_observation w WHERE w.focus_id = ANY (app_released_focuses())); END $$;

CREATE OR REPLACE FUNCTION app_released_replies() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_reply w WHERE w.focus_id = ANY (app_released_focuses())); END $$;

CREATE OR REPLACE FUNCTION app_released_congratulations() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_congratulation w WHERE w.focus_id = ANY (app_released_focuses()) OR (w.focus_id IS NULL AND (w.partnership_id, w.session_id) IN (SELECT * FROM app_released_sessions()))); END $$;

CREATE OR REPLACE FUNCTION app_released_lines() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_entryline w WHERE w.entry_id = ANY (app_released_entries()) AND w.shared_at IS NOT NULL); END $$;

CREATE OR REPLACE FUNCTION app_released_logged_levels() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT w.id FROM coaching_loggedlevel w WHERE w.focus_id = ANY (app_released_focuses()) AND w.shared_at IS NOT NULL); END $$;

CREATE OR REPLACE FUNCTION app_listed_groups() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT listed.group_id FROM coaching_groupmember listed WHERE listed.person_id = app_coach()); END $$;

CREATE OR REPLACE FUNCTION app_led_groups() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT DISTINCT listed.group_id FROM coaching_groupmember listed WHERE listed.facilitator_id = app_coach()); END $$;

CREATE OR REPLACE FUNCTION app_seated_sessions() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT seat.session_id FROM coaching_groupseat seat WHERE seat.person_id = app_coach()); END $$;

CREATE OR REPLACE FUNCTION app_seated_groups() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT DISTINCT seat.group_id FROM coaching_groupseat seat WHERE seat.person_id = app_coach()); END $$;

CREATE OR REPLACE FUNCTION app_linked_groups() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT link.group_id FROM coaching_grouplink link WHERE link.token = nullif(current_setting('app.group_link', true), '')); END $$;

CREATE OR REPLACE FUNCTION app_attended_cohorts() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT listed.cohort_id FROM coaching_trainee listed WHERE listed.person_id = app_me()); END $$;

CREATE OR REPLACE FUNCTION app_rooms() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT DISTINCT listed.cohort_id FROM coaching_trainee listed WHERE app_me() IN (listed.person_id, listed.facilitator_id)); END $$;

CREATE OR REPLACE FUNCTION app_sorted() RETURNS uuid[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    SELECT s.sort_id FROM coaching_sorter s WHERE s.person_id = app_coach() AND s.kept <> '[]'::jsonb); END $$;

-- coaching.AccessRecord

ALTER TABLE coaching_accessrecord ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_accessrecord FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_accessrecord;
DROP POLICY IF EXISTS wall_insert ON coaching_accessrecord;
DROP POLICY IF EXISTS wall_update ON coaching_accessrecord;
DROP POLICY IF EXISTS wall_delete ON coaching_accessrecord;
CREATE POLICY wall_read ON coaching_accessrecord FOR SELECT USING ((coaching_accessrecord.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR (coaching_accessrecord.reader_id = app_me()) OR (app_system() = 'retention'));
CREATE POLICY wall_insert ON coaching_accessrecord FOR INSERT WITH CHECK ((coaching_accessrecord.reader_id = app_me()) AND ((coaching_accessrecord.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_accessrecord.partnership_id = ANY ((SELECT app_as_either())::uuid[])) AND (coaching_accessrecord.thing = 'agreement')) OR (coaching_accessrecord.partnership_id = ANY ((SELECT app_released())::uuid[]))));
CREATE POLICY wall_update ON coaching_accessrecord FOR UPDATE USING ((coaching_accessrecord.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR (coaching_accessrecord.reader_id = app_me()) OR (app_system() = 'retention')) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_accessrecord FOR DELETE USING (app_system() = 'retention');
CREATE OR REPLACE FUNCTION coaching_accessrecord_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.reader_id IS NOT DISTINCT FROM OLD.reader_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reader_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.thing IS NOT DISTINCT FROM OLD.thing OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': thing stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.label IS NOT DISTINCT FROM OLD.label OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': label stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.read_on IS NOT DISTINCT FROM OLD.read_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': read_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.first_at IS NOT DISTINCT FROM OLD.first_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': first_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_accessrecord FOR EACH ROW EXECUTE FUNCTION coaching_accessrecord_wall();

-- coaching.Agreement

ALTER TABLE coaching_agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_agreement FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_agreement;
DROP POLICY IF EXISTS wall_insert ON coaching_agreement;
DROP POLICY IF EXISTS wall_update ON coaching_agreement;
DROP POLICY IF EXISTS wall_delete ON coaching_agreement;
CREATE POLICY wall_read ON coaching_agreement FOR SELECT USING ((coaching_agreement.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_agreement.partnership_id = ANY ((SELECT app_as_either())::uuid[])) AND (coaching_agreement.worker_signed_at IS NOT NULL AND coaching_agreement.supervisor_signed_at IS NOT NULL)));
CREATE POLICY wall_insert ON coaching_agreement FOR INSERT WITH CHECK ((coaching_agreement.proposed_by_id = app_me()) AND (((coaching_agreement.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_agreement.supervisor_signed_at IS NULL) AND (EXISTS (SELECT 1 FROM sopcoach_user me WHERE me.id = app_me() AND me.name = coaching_agreement.worker_signed_as))) OR ((coaching_agreement.partnership_id = ANY ((SELECT app_as_supervisor())::uuid[])) AND (coaching_agreement.worker_signed_at IS NULL) AND (EXISTS (SELECT 1 FROM sopcoach_user me WHERE me.id = app_me() AND me.name = coaching_agreement.supervisor_signed_as)))));
CREATE POLICY wall_update ON coaching_agreement FOR UPDATE USING ((coaching_agreement.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_agreement.partnership_id = ANY ((SELECT app_as_either())::uuid[])) AND (coaching_agreement.worker_signed_at IS NOT NULL AND coaching_agreement.supervisor_signed_at IS NOT NULL))) WITH CHECK (coaching_agreement.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_delete ON coaching_agreement FOR DELETE USING ((coaching_agreement.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_agreement.worker_signed_at IS NULL OR coaching_agreement.supervisor_signed_at IS NULL));
CREATE OR REPLACE FUNCTION coaching_agreement_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.rhythm IS NOT DISTINCT FROM OLD.rhythm OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': rhythm stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.minutes IS NOT DISTINCT FROM OLD.minutes OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': minutes stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.weekday IS NOT DISTINCT FROM OLD.weekday OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': weekday stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.at IS NOT DISTINCT FROM OLD.at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.place IS NOT DISTINCT FROM OLD.place OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': place stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.purpose IS NOT DISTINCT FROM OLD.purpose OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': purpose stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.readers IS NOT DISTINCT FROM OLD.readers OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': readers stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.concerns IS NOT DISTINCT FROM OLD.concerns OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': concerns stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.number IS NOT DISTINCT FROM OLD.number OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': number stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': proposed_by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.limits IS NOT DISTINCT FROM OLD.limits OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': limits stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.changing IS NOT DISTINCT FROM OLD.changing OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': changing stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_signed_at IS NOT DISTINCT FROM OLD.worker_signed_at OR ((OLD.worker_signed_at IS NULL) AND (NEW.partnership_id = ANY ((SELECT app_as_worker())::uuid[])))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_signed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.supervisor_signed_at IS NOT DISTINCT FROM OLD.supervisor_signed_at OR ((OLD.supervisor_signed_at IS NULL) AND (NEW.partnership_id = ANY ((SELECT app_as_supervisor())::uuid[])))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': supervisor_signed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_signed_as IS NOT DISTINCT FROM OLD.worker_signed_as OR ((NEW.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (OLD.worker_signed_at IS NULL) AND (EXISTS (SELECT 1 FROM sopcoach_user me WHERE me.id = app_me() AND me.name = NEW.worker_signed_as)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_signed_as stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.supervisor_signed_as IS NOT DISTINCT FROM OLD.supervisor_signed_as OR ((NEW.partnership_id = ANY ((SELECT app_as_supervisor())::uuid[])) AND (OLD.supervisor_signed_at IS NULL) AND (EXISTS (SELECT 1 FROM sopcoach_user me WHERE me.id = app_me() AND me.name = NEW.supervisor_signed_as)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': supervisor_signed_as stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_agreement FOR EACH ROW EXECUTE FUNCTION coaching_agreement_wall();

-- coaching.AgreementDraft

ALTER TABLE coaching_agreementdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_agreementdraft FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_agreementdraft;
DROP POLICY IF EXISTS wall_insert ON coaching_agreementdraft;
DROP POLICY IF EXISTS wall_update ON coaching_agreementdraft;
DROP POLICY IF EXISTS wall_delete ON coaching_agreementdraft;
CREATE POLICY wall_read ON coaching_agreementdraft FOR SELECT USING (((coaching_agreementdraft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_agreementdraft.author_id = app_me())) OR (app_system() = 'ending'));
CREATE POLICY wall_insert ON coaching_agreementdraft FOR INSERT WITH CHECK ((coaching_agreementdraft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_agreementdraft.author_id = app_me()));
CREATE POLICY wall_update ON coaching_agreementdraft FOR UPDATE USING (((coaching_agreementdraft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_agreementdraft.author_id = app_me())) OR (app_system() = 'ending')) WITH CHECK ((coaching_agreementdraft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_agreementdraft.author_id = app_me()));
CREATE POLICY wall_delete ON coaching_agreementdraft FOR DELETE USING (((coaching_agreementdraft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_agreementdraft.author_id = app_me())) OR (app_system() = 'ending'));
CREATE OR REPLACE FUNCTION coaching_agreementdraft_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.rhythm IS NOT DISTINCT FROM OLD.rhythm OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': rhythm stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.minutes IS NOT DISTINCT FROM OLD.minutes OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': minutes stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.weekday IS NOT DISTINCT FROM OLD.weekday OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': weekday stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.at IS NOT DISTINCT FROM OLD.at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.place IS NOT DISTINCT FROM OLD.place OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': place stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.purpose IS NOT DISTINCT FROM OLD.purpose OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': purpose stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.readers IS NOT DISTINCT FROM OLD.readers OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': readers stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.concerns IS NOT DISTINCT FROM OLD.concerns OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': concerns stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saved_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_agreementdraft FOR EACH ROW EXECUTE FUNCTION coaching_agreementdraft_wall();

-- coaching.BlindSort

ALTER TABLE coaching_blindsort ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_blindsort FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_blindsort;
DROP POLICY IF EXISTS wall_insert ON coaching_blindsort;
DROP POLICY IF EXISTS wall_update ON coaching_blindsort;
DROP POLICY IF EXISTS wall_delete ON coaching_blindsort;
CREATE POLICY wall_read ON coaching_blindsort FOR SELECT USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR ((coaching_blindsort.cohort_id IS NULL) AND (app_me() IS NOT NULL)) OR (coaching_blindsort.cohort_id = ANY ((SELECT app_rooms())::uuid[])) OR (app_system() = 'sorting'));
CREATE POLICY wall_insert ON coaching_blindsort FOR INSERT WITH CHECK (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE POLICY wall_update ON coaching_blindsort FOR UPDATE USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR ((coaching_blindsort.cohort_id IS NULL) AND (app_me() IS NOT NULL)) OR (coaching_blindsort.cohort_id = ANY ((SELECT app_rooms())::uuid[])) OR (app_system() = 'sorting')) WITH CHECK (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE POLICY wall_delete ON coaching_blindsort FOR DELETE USING (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE OR REPLACE FUNCTION coaching_blindsort_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slug IS NOT DISTINCT FROM OLD.slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.edition_id IS NOT DISTINCT FROM OLD.edition_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': edition_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.cohort_id IS NOT DISTINCT FROM OLD.cohort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': cohort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspects IS NOT DISTINCT FROM OLD.aspects OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspects stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.opened_on IS NOT DISTINCT FROM OLD.opened_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': opened_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closes_on IS NOT DISTINCT FROM OLD.closes_on OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closes_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closed_on IS NOT DISTINCT FROM OLD.closed_on OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closed_on stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_blindsort FOR EACH ROW EXECUTE FUNCTION coaching_blindsort_wall();

-- coaching.CarriedItem

ALTER TABLE coaching_carrieditem ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_carrieditem FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_carrieditem;
DROP POLICY IF EXISTS wall_insert ON coaching_carrieditem;
DROP POLICY IF EXISTS wall_update ON coaching_carrieditem;
DROP POLICY IF EXISTS wall_delete ON coaching_carrieditem;
CREATE POLICY wall_read ON coaching_carrieditem FOR SELECT USING (coaching_carrieditem.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_insert ON coaching_carrieditem FOR INSERT WITH CHECK ((coaching_carrieditem.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_carrieditem.author_id = app_me()));
CREATE POLICY wall_update ON coaching_carrieditem FOR UPDATE USING (coaching_carrieditem.partnership_id = ANY ((SELECT app_content())::uuid[])) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_carrieditem FOR DELETE USING (coaching_carrieditem.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_carrieditem_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.source IS NOT DISTINCT FROM OLD.source OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': source stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.note IS NOT DISTINCT FROM OLD.note OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': note stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.noted_on IS NOT DISTINCT FROM OLD.noted_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': noted_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.carried_at IS NOT DISTINCT FROM OLD.carried_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': carried_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_carrieditem FOR EACH ROW EXECUTE FUNCTION coaching_carrieditem_wall();

-- coaching.CoachingSession

ALTER TABLE coaching_coachingsession ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_coachingsession FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_coachingsession;
DROP POLICY IF EXISTS wall_insert ON coaching_coachingsession;
DROP POLICY IF EXISTS wall_update ON coaching_coachingsession;
DROP POLICY IF EXISTS wall_delete ON coaching_coachingsession;
CREATE POLICY wall_read ON coaching_coachingsession FOR SELECT USING ((coaching_coachingsession.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_coachingsession.partnership_id, coaching_coachingsession.id) IN (SELECT * FROM app_released_sessions())) OR (app_system() = 'ending' OR app_system() = 'retention' OR app_system() = 'counting' OR app_system() = 'reminding'));
CREATE POLICY wall_insert ON coaching_coachingsession FOR INSERT WITH CHECK (coaching_coachingsession.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_update ON coaching_coachingsession FOR UPDATE USING ((coaching_coachingsession.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_coachingsession.partnership_id, coaching_coachingsession.id) IN (SELECT * FROM app_released_sessions())) OR (app_system() = 'ending' OR app_system() = 'retention' OR app_system() = 'counting' OR app_system() = 'reminding')) WITH CHECK ((coaching_coachingsession.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (app_system() = 'ending'));
CREATE POLICY wall_delete ON coaching_coachingsession FOR DELETE USING (coaching_coachingsession.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_coachingsession_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.opened_at IS NOT DISTINCT FROM OLD.opened_at OR ((NEW.closed_at IS NULL) AND ((OLD.opened_at IS NULL) OR ((NEW.opened_at IS NULL) AND ((NOT EXISTS (SELECT 1 FROM coaching_stagewords w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_promise w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_observation w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_decision w WHERE w.session_id = NEW.id))))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': opened_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closed_at IS NOT DISTINCT FROM OLD.closed_at OR ((OLD.closed_at IS NULL) AND ((NEW.opened_at IS NOT NULL) OR (app_system() = 'ending')))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.starts_at IS NOT DISTINCT FROM OLD.starts_at OR ((OLD.opened_at IS NULL) OR ((NEW.opened_at IS NULL) AND ((NOT EXISTS (SELECT 1 FROM coaching_stagewords w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_promise w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_observation w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_decision w WHERE w.session_id = NEW.id)))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': starts_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sequence IS NOT DISTINCT FROM OLD.sequence OR (OLD.opened_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sequence stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.moved_from IS NOT DISTINCT FROM OLD.moved_from OR (OLD.opened_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': moved_from stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.moved_by_id IS NOT DISTINCT FROM OLD.moved_by_id OR ((OLD.opened_at IS NULL) AND (NEW.moved_by_id = app_me()))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': moved_by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.moved_at IS NOT DISTINCT FROM OLD.moved_at OR (OLD.opened_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': moved_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.planned_at IS NOT DISTINCT FROM OLD.planned_at OR ((OLD.opened_at IS NULL) OR ((NEW.opened_at IS NULL) AND ((NOT EXISTS (SELECT 1 FROM coaching_stagewords w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_promise w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_observation w WHERE w.session_id = NEW.id)) AND (NOT EXISTS (SELECT 1 FROM coaching_decision w WHERE w.session_id = NEW.id)))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': planned_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.move_seen_at IS NOT DISTINCT FROM OLD.move_seen_at OR (OLD.opened_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': move_seen_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.went_on_at IS NOT DISTINCT FROM OLD.went_on_at OR (OLD.closed_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': went_on_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.number IS NOT DISTINCT FROM OLD.number OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': number stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.kind IS NOT DISTINCT FROM OLD.kind OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': kind stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.minutes IS NOT DISTINCT FROM OLD.minutes OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': minutes stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closed_by_id IS NOT DISTINCT FROM OLD.closed_by_id OR ((OLD.closed_by_id IS NULL) AND ((OLD.closed_at IS NULL) AND (NEW.closed_by_id = app_me())))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closed_by_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_coachingsession FOR EACH ROW EXECUTE FUNCTION coaching_coachingsession_wall();

-- coaching.Cohort

ALTER TABLE coaching_cohort ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_cohort FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_cohort;
DROP POLICY IF EXISTS wall_insert ON coaching_cohort;
DROP POLICY IF EXISTS wall_update ON coaching_cohort;
DROP POLICY IF EXISTS wall_delete ON coaching_cohort;
CREATE POLICY wall_read ON coaching_cohort FOR SELECT USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (coaching_cohort.facilitator_id = app_me()) OR (coaching_cohort.id = ANY ((SELECT app_attended_cohorts())::uuid[])) OR (app_system() = 'training'));
CREATE POLICY wall_insert ON coaching_cohort FOR INSERT WITH CHECK (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE POLICY wall_update ON coaching_cohort FOR UPDATE USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (coaching_cohort.facilitator_id = app_me()) OR (coaching_cohort.id = ANY ((SELECT app_attended_cohorts())::uuid[])) OR (app_system() = 'training')) WITH CHECK (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE POLICY wall_delete ON coaching_cohort FOR DELETE USING (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE OR REPLACE FUNCTION coaching_cohort_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slug IS NOT DISTINCT FROM OLD.slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.title IS NOT DISTINCT FROM OLD.title OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': title stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.audience IS NOT DISTINCT FROM OLD.audience OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': audience stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.edition_id IS NOT DISTINCT FROM OLD.edition_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': edition_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.starts_on IS NOT DISTINCT FROM OLD.starts_on OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': starts_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.ends_on IS NOT DISTINCT FROM OLD.ends_on OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': ends_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.code IS NOT DISTINCT FROM OLD.code OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': code stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_cohort FOR EACH ROW EXECUTE FUNCTION coaching_cohort_wall();

-- coaching.Congratulation

ALTER TABLE coaching_congratulation ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_congratulation FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_congratulation;
DROP POLICY IF EXISTS wall_insert ON coaching_congratulation;
DROP POLICY IF EXISTS wall_update ON coaching_congratulation;
DROP POLICY IF EXISTS wall_delete ON coaching_congratulation;
CREATE POLICY wall_read ON coaching_congratulation FOR SELECT USING ((coaching_congratulation.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_congratulation.focus_id = ANY ((SELECT app_released_focuses())::uuid[])) OR (((coaching_congratulation.partnership_id, coaching_congratulation.session_id) IN (SELECT * FROM app_released_sessions())) AND (coaching_congratulation.focus_id IS NULL)));
CREATE POLICY wall_insert ON coaching_congratulation FOR INSERT WITH CHECK ((coaching_congratulation.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_congratulation.author_id = app_me()) AND ((coaching_congratulation.session_id IS NULL) OR (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_congratulation.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL))));
CREATE POLICY wall_update ON coaching_congratulation FOR UPDATE USING ((coaching_congratulation.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_congratulation.focus_id = ANY ((SELECT app_released_focuses())::uuid[])) OR (((coaching_congratulation.partnership_id, coaching_congratulation.session_id) IN (SELECT * FROM app_released_sessions())) AND (coaching_congratulation.focus_id IS NULL))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_congratulation FOR DELETE USING (coaching_congratulation.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_congratulation_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.written_at IS NOT DISTINCT FROM OLD.written_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': written_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_congratulation FOR EACH ROW EXECUTE FUNCTION coaching_congratulation_wall();

-- coaching.Correction

ALTER TABLE coaching_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_correction FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_correction;
DROP POLICY IF EXISTS wall_insert ON coaching_correction;
DROP POLICY IF EXISTS wall_update ON coaching_correction;
DROP POLICY IF EXISTS wall_delete ON coaching_correction;
CREATE POLICY wall_read ON coaching_correction FOR SELECT USING ((coaching_correction.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_correction.reflection_id = ANY ((SELECT app_released_reflections())::uuid[])) OR (coaching_correction.self_rating_id = ANY ((SELECT app_released_self_ratings())::uuid[])) OR (coaching_correction.observation_id = ANY ((SELECT app_released_observations())::uuid[])) OR (coaching_correction.reply_id = ANY ((SELECT app_released_replies())::uuid[])) OR (coaching_correction.congratulation_id = ANY ((SELECT app_released_congratulations())::uuid[])) OR (coaching_correction.line_id = ANY ((SELECT app_released_lines())::uuid[])) OR (coaching_correction.logged_level_id = ANY ((SELECT app_released_logged_levels())::uuid[])));
CREATE POLICY wall_insert ON coaching_correction FOR INSERT WITH CHECK ((coaching_correction.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_correction.author_id = app_me()) AND ((EXISTS (SELECT 1 FROM coaching_reflection w WHERE w.id = coaching_correction.reflection_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_selfrating w WHERE w.id = coaching_correction.self_rating_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_observation w WHERE w.id = coaching_correction.observation_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_reply w WHERE w.id = coaching_correction.reply_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_congratulation w WHERE w.id = coaching_correction.congratulation_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_entryline w WHERE w.id = coaching_correction.line_id AND w.author_id = coaching_correction.author_id)) OR (EXISTS (SELECT 1 FROM coaching_loggedlevel w WHERE w.id = coaching_correction.logged_level_id AND w.author_id = coaching_correction.author_id))));
CREATE POLICY wall_update ON coaching_correction FOR UPDATE USING ((coaching_correction.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_correction.reflection_id = ANY ((SELECT app_released_reflections())::uuid[])) OR (coaching_correction.self_rating_id = ANY ((SELECT app_released_self_ratings())::uuid[])) OR (coaching_correction.observation_id = ANY ((SELECT app_released_observations())::uuid[])) OR (coaching_correction.reply_id = ANY ((SELECT app_released_replies())::uuid[])) OR (coaching_correction.congratulation_id = ANY ((SELECT app_released_congratulations())::uuid[])) OR (coaching_correction.line_id = ANY ((SELECT app_released_lines())::uuid[])) OR (coaching_correction.logged_level_id = ANY ((SELECT app_released_logged_levels())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_correction FOR DELETE USING (coaching_correction.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_correction_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.reflection_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.reflection_id IS NOT DISTINCT FROM OLD.reflection_id) OR EXISTS (SELECT 1 FROM coaching_reflection named WHERE named.id = NEW.reflection_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reflection_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.self_rating_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.self_rating_id IS NOT DISTINCT FROM OLD.self_rating_id) OR EXISTS (SELECT 1 FROM coaching_selfrating named WHERE named.id = NEW.self_rating_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': self_rating_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.observation_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.observation_id IS NOT DISTINCT FROM OLD.observation_id) OR EXISTS (SELECT 1 FROM coaching_observation named WHERE named.id = NEW.observation_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': observation_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.reply_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.reply_id IS NOT DISTINCT FROM OLD.reply_id) OR EXISTS (SELECT 1 FROM coaching_reply named WHERE named.id = NEW.reply_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reply_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.congratulation_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.congratulation_id IS NOT DISTINCT FROM OLD.congratulation_id) OR EXISTS (SELECT 1 FROM coaching_congratulation named WHERE named.id = NEW.congratulation_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': congratulation_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.line_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.line_id IS NOT DISTINCT FROM OLD.line_id) OR EXISTS (SELECT 1 FROM coaching_entryline named WHERE named.id = NEW.line_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': line_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.logged_level_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.logged_level_id IS NOT DISTINCT FROM OLD.logged_level_id) OR EXISTS (SELECT 1 FROM coaching_loggedlevel named WHERE named.id = NEW.logged_level_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': logged_level_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.reflection_id IS NOT DISTINCT FROM OLD.reflection_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reflection_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.self_rating_id IS NOT DISTINCT FROM OLD.self_rating_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': self_rating_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.observation_id IS NOT DISTINCT FROM OLD.observation_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': observation_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.reply_id IS NOT DISTINCT FROM OLD.reply_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reply_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.congratulation_id IS NOT DISTINCT FROM OLD.congratulation_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': congratulation_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.line_id IS NOT DISTINCT FROM OLD.line_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': line_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.logged_level_id IS NOT DISTINCT FROM OLD.logged_level_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': logged_level_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sealed_with IS NOT DISTINCT FROM OLD.sealed_with OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sealed_with stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_correction FOR EACH ROW EXECUTE FUNCTION coaching_correction_wall();

-- coaching.Decision

ALTER TABLE coaching_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_decision FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_decision;
DROP POLICY IF EXISTS wall_insert ON coaching_decision;
DROP POLICY IF EXISTS wall_update ON coaching_decision;
DROP POLICY IF EXISTS wall_delete ON coaching_decision;
CREATE POLICY wall_read ON coaching_decision FOR SELECT USING ((coaching_decision.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_decision.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_decision FOR INSERT WITH CHECK ((coaching_decision.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_decision.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_decision.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) AND (EXISTS (SELECT 1 FROM coaching_observation f WHERE f.session_id = coaching_decision.session_id AND f.focus_id = coaching_decision.focus_id)));
CREATE POLICY wall_update ON coaching_decision FOR UPDATE USING ((coaching_decision.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_decision.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_decision FOR DELETE USING (coaching_decision.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_decision_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.choice IS NOT DISTINCT FROM OLD.choice OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': choice stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.decided_at IS NOT DISTINCT FROM OLD.decided_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': decided_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_decision FOR EACH ROW EXECUTE FUNCTION coaching_decision_wall();

-- coaching.Draft

ALTER TABLE coaching_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_draft FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_draft;
DROP POLICY IF EXISTS wall_insert ON coaching_draft;
DROP POLICY IF EXISTS wall_update ON coaching_draft;
DROP POLICY IF EXISTS wall_delete ON coaching_draft;
CREATE POLICY wall_read ON coaching_draft FOR SELECT USING (((coaching_draft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_draft.author_id = app_me())) OR (app_system() = 'ending' OR app_system() = 'erasure' OR app_system() = 'retention'));
CREATE POLICY wall_insert ON coaching_draft FOR INSERT WITH CHECK ((coaching_draft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_draft.author_id = app_me()) AND ((EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_draft.session_id AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_draft.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds')) OR (coaching_draft.field = 'reply')));
CREATE POLICY wall_update ON coaching_draft FOR UPDATE USING (((coaching_draft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_draft.author_id = app_me())) OR (app_system() = 'ending' OR app_system() = 'erasure' OR app_system() = 'retention')) WITH CHECK ((coaching_draft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_draft.author_id = app_me()) AND ((EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_draft.session_id AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_draft.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds')) OR (coaching_draft.field = 'reply')));
CREATE POLICY wall_delete ON coaching_draft FOR DELETE USING (((coaching_draft.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_draft.author_id = app_me())) OR (app_system() = 'ending' OR app_system() = 'erasure' OR app_system() = 'retention'));
CREATE OR REPLACE FUNCTION coaching_draft_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.revision IS NOT DISTINCT FROM OLD.revision OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': revision stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saved_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.field IS NOT DISTINCT FROM OLD.field OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': field stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_draft FOR EACH ROW EXECUTE FUNCTION coaching_draft_wall();

-- coaching.EditionMove

ALTER TABLE coaching_editionmove ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_editionmove FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_editionmove;
DROP POLICY IF EXISTS wall_insert ON coaching_editionmove;
DROP POLICY IF EXISTS wall_update ON coaching_editionmove;
DROP POLICY IF EXISTS wall_delete ON coaching_editionmove;
CREATE POLICY wall_read ON coaching_editionmove FOR SELECT USING (coaching_editionmove.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_insert ON coaching_editionmove FOR INSERT WITH CHECK ((coaching_editionmove.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_editionmove.proposed_by_id = app_me()) AND (coaching_editionmove.agreed_at IS NULL AND coaching_editionmove.taken_back_at IS NULL));
CREATE POLICY wall_update ON coaching_editionmove FOR UPDATE USING (coaching_editionmove.partnership_id = ANY ((SELECT app_content())::uuid[])) WITH CHECK (coaching_editionmove.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_delete ON coaching_editionmove FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_editionmove_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': proposed_by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.proposed_at IS NOT DISTINCT FROM OLD.proposed_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': proposed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.agreed_at IS NOT DISTINCT FROM OLD.agreed_at OR ((OLD.agreed_at IS NULL) AND (NEW.proposed_by_id <> app_me() AND NEW.taken_back_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': agreed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.taken_back_at IS NOT DISTINCT FROM OLD.taken_back_at OR ((OLD.taken_back_at IS NULL) AND (NEW.agreed_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_back_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.edition_id IS NOT DISTINCT FROM OLD.edition_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': edition_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_editionmove FOR EACH ROW EXECUTE FUNCTION coaching_editionmove_wall();

-- coaching.EntryLine

ALTER TABLE coaching_entryline ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_entryline FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_entryline;
DROP POLICY IF EXISTS wall_insert ON coaching_entryline;
DROP POLICY IF EXISTS wall_update ON coaching_entryline;
DROP POLICY IF EXISTS wall_delete ON coaching_entryline;
CREATE POLICY wall_read ON coaching_entryline FOR SELECT USING (((coaching_entryline.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_entryline.entry_id = ANY ((SELECT app_released_entries())::uuid[]))) AND ((coaching_entryline.author_id = app_me()) OR (coaching_entryline.shared_at IS NOT NULL)));
CREATE POLICY wall_insert ON coaching_entryline FOR INSERT WITH CHECK ((coaching_entryline.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_entryline.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_practiceentry e WHERE e.id = coaching_entryline.entry_id AND NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = e.partnership_id AND s.kind = 'progress' AND s.closed_at > e.noted_at AND s.opened_at < s.closed_at))));
CREATE POLICY wall_update ON coaching_entryline FOR UPDATE USING (((coaching_entryline.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_entryline.entry_id = ANY ((SELECT app_released_entries())::uuid[]))) AND ((coaching_entryline.author_id = app_me()) OR (coaching_entryline.shared_at IS NOT NULL))) WITH CHECK ((coaching_entryline.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_entryline.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_practiceentry e WHERE e.id = coaching_entryline.entry_id AND NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = e.partnership_id AND s.kind = 'progress' AND s.closed_at > e.noted_at AND s.opened_at < s.closed_at))));
CREATE POLICY wall_delete ON coaching_entryline FOR DELETE USING ((coaching_entryline.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_entryline.author_id = app_me()));
CREATE OR REPLACE FUNCTION coaching_entryline_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.entry_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.entry_id IS NOT DISTINCT FROM OLD.entry_id) OR EXISTS (SELECT 1 FROM coaching_practiceentry named WHERE named.id = NEW.entry_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': entry_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.entry_id IS NOT DISTINCT FROM OLD.entry_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': entry_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (OLD.shared_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (OLD.shared_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_entryline FOR EACH ROW EXECUTE FUNCTION coaching_entryline_wall();

-- coaching.ErasureConsent

ALTER TABLE coaching_erasureconsent ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_erasureconsent FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_erasureconsent;
DROP POLICY IF EXISTS wall_insert ON coaching_erasureconsent;
DROP POLICY IF EXISTS wall_update ON coaching_erasureconsent;
DROP POLICY IF EXISTS wall_delete ON coaching_erasureconsent;
CREATE POLICY wall_read ON coaching_erasureconsent FOR SELECT USING ((coaching_erasureconsent.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (app_system() = 'retention'));
CREATE POLICY wall_insert ON coaching_erasureconsent FOR INSERT WITH CHECK ((coaching_erasureconsent.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_erasureconsent.person_id = app_me()));
CREATE POLICY wall_update ON coaching_erasureconsent FOR UPDATE USING ((coaching_erasureconsent.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (app_system() = 'retention')) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_erasureconsent FOR DELETE USING (((coaching_erasureconsent.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_erasureconsent.person_id = app_me())) OR (coaching_erasureconsent.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR (app_system() = 'retention'));
CREATE OR REPLACE FUNCTION coaching_erasureconsent_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.given_at IS NOT DISTINCT FROM OLD.given_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': given_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_erasureconsent FOR EACH ROW EXECUTE FUNCTION coaching_erasureconsent_wall();

-- coaching.ErasureLog

ALTER TABLE coaching_erasurelog ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_erasurelog FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_erasurelog;
DROP POLICY IF EXISTS wall_insert ON coaching_erasurelog;
DROP POLICY IF EXISTS wall_update ON coaching_erasurelog;
DROP POLICY IF EXISTS wall_delete ON coaching_erasurelog;
CREATE POLICY wall_read ON coaching_erasurelog FOR SELECT USING ((coaching_erasurelog.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR (app_system() = 'retention'));
CREATE POLICY wall_insert ON coaching_erasurelog FOR INSERT WITH CHECK ((coaching_erasurelog.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_erasurelog.by_id = app_me()));
CREATE POLICY wall_update ON coaching_erasurelog FOR UPDATE USING ((coaching_erasurelog.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR (app_system() = 'retention')) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_erasurelog FOR DELETE USING (app_system() = 'retention');
CREATE OR REPLACE FUNCTION coaching_erasurelog_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.counts IS NOT DISTINCT FROM OLD.counts OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': counts stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.units IS NOT DISTINCT FROM OLD.units OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': units stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': erased_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_erasurelog FOR EACH ROW EXECUTE FUNCTION coaching_erasurelog_wall();

-- coaching.Focus

ALTER TABLE coaching_focus ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_focus FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_focus;
DROP POLICY IF EXISTS wall_insert ON coaching_focus;
DROP POLICY IF EXISTS wall_update ON coaching_focus;
DROP POLICY IF EXISTS wall_delete ON coaching_focus;
CREATE POLICY wall_read ON coaching_focus FOR SELECT USING ((coaching_focus.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_focus.partnership_id, coaching_focus.aspect_slug) IN (SELECT * FROM app_released_aspects())) OR (app_system() = 'counting'));
CREATE POLICY wall_insert ON coaching_focus FOR INSERT WITH CHECK (coaching_focus.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_update ON coaching_focus FOR UPDATE USING ((coaching_focus.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_focus.partnership_id, coaching_focus.aspect_slug) IN (SELECT * FROM app_released_aspects())) OR (app_system() = 'counting')) WITH CHECK (coaching_focus.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_delete ON coaching_focus FOR DELETE USING (coaching_focus.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_focus_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (EXISTS (SELECT 1 FROM coaching_editionmove wish WHERE wish.partnership_id = NEW.partnership_id AND wish.proposed_by_id <> app_me() AND wish.agreed_at IS NULL AND wish.taken_back_at IS NULL AND EXISTS (SELECT 1 FROM profiles_skillaspect a WHERE a.id = NEW.aspect_id AND a.slug = NEW.aspect_slug AND a.edition_id = wish.edition_id)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slot IS NOT DISTINCT FROM OLD.slot OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slot stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.opened_at IS NOT DISTINCT FROM OLD.opened_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': opened_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.rested_at IS NOT DISTINCT FROM OLD.rested_at OR ((OLD.rested_at IS NULL) AND (NEW.partnership_id = ANY ((SELECT app_as_worker())::uuid[])))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': rested_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_focus FOR EACH ROW EXECUTE FUNCTION coaching_focus_wall();

-- coaching.Goal

ALTER TABLE coaching_goal ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_goal FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_goal;
DROP POLICY IF EXISTS wall_insert ON coaching_goal;
DROP POLICY IF EXISTS wall_update ON coaching_goal;
DROP POLICY IF EXISTS wall_delete ON coaching_goal;
CREATE POLICY wall_read ON coaching_goal FOR SELECT USING ((coaching_goal.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_goal.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_goal FOR INSERT WITH CHECK ((coaching_goal.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_goal.author_id = app_me()));
CREATE POLICY wall_update ON coaching_goal FOR UPDATE USING ((coaching_goal.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_goal.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (coaching_goal.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE POLICY wall_delete ON coaching_goal FOR DELETE USING (coaching_goal.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_goal_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.verb IS NOT DISTINCT FROM OLD.verb OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': verb stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.practice IS NOT DISTINCT FROM OLD.practice OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': practice stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.with_whom IS NOT DISTINCT FROM OLD.with_whom OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': with_whom stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.joiner IS NOT DISTINCT FROM OLD.joiner OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': joiner stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.count IS NOT DISTINCT FROM OLD.count OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': count stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.unit IS NOT DISTINCT FROM OLD.unit OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': unit stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.by_on IS NOT DISTINCT FROM OLD.by_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': by_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.by_phrase IS NOT DISTINCT FROM OLD.by_phrase OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': by_phrase stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.set_at IS NOT DISTINCT FROM OLD.set_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': set_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.put_down_at IS NOT DISTINCT FROM OLD.put_down_at OR ((OLD.put_down_at IS NULL) AND (true))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': put_down_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_goal FOR EACH ROW EXECUTE FUNCTION coaching_goal_wall();

-- coaching.Group

ALTER TABLE coaching_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_group FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_group;
DROP POLICY IF EXISTS wall_insert ON coaching_group;
DROP POLICY IF EXISTS wall_update ON coaching_group;
DROP POLICY IF EXISTS wall_delete ON coaching_group;
CREATE POLICY wall_read ON coaching_group FOR SELECT USING ((coaching_group.facilitator_id = app_coach()) OR (coaching_group.id = ANY ((SELECT app_listed_groups())::uuid[])) OR (coaching_group.id = ANY ((SELECT app_seated_groups())::uuid[])) OR (coaching_group.id = ANY ((SELECT app_linked_groups())::uuid[])) OR (app_system() = 'handover'));
CREATE POLICY wall_insert ON coaching_group FOR INSERT WITH CHECK (coaching_group.facilitator_id = app_coach());
CREATE POLICY wall_update ON coaching_group FOR UPDATE USING ((coaching_group.facilitator_id = app_coach()) OR (coaching_group.id = ANY ((SELECT app_listed_groups())::uuid[])) OR (coaching_group.id = ANY ((SELECT app_seated_groups())::uuid[])) OR (coaching_group.id = ANY ((SELECT app_linked_groups())::uuid[])) OR (app_system() = 'handover')) WITH CHECK ((app_system() = 'handover') AND (EXISTS (SELECT 1 FROM sopcoach_user person WHERE person.id = coaching_group.facilitator_id AND NOT person.is_administrator)));
CREATE POLICY wall_delete ON coaching_group FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_group_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slug IS NOT DISTINCT FROM OLD.slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.title IS NOT DISTINCT FROM OLD.title OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': title stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.begun_at IS NOT DISTINCT FROM OLD.begun_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': begun_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_group FOR EACH ROW EXECUTE FUNCTION coaching_group_wall();

-- coaching.GroupLink

ALTER TABLE coaching_grouplink ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_grouplink FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_grouplink;
DROP POLICY IF EXISTS wall_insert ON coaching_grouplink;
DROP POLICY IF EXISTS wall_update ON coaching_grouplink;
DROP POLICY IF EXISTS wall_delete ON coaching_grouplink;
CREATE POLICY wall_read ON coaching_grouplink FOR SELECT USING ((coaching_grouplink.facilitator_id = app_coach()) OR ((app_coach() IS NOT NULL) AND (coaching_grouplink.token = nullif(current_setting('app.group_link', true), ''))) OR (app_system() = 'handover'));
CREATE POLICY wall_insert ON coaching_grouplink FOR INSERT WITH CHECK (coaching_grouplink.facilitator_id = app_coach());
CREATE POLICY wall_update ON coaching_grouplink FOR UPDATE USING ((coaching_grouplink.facilitator_id = app_coach()) OR ((app_coach() IS NOT NULL) AND (coaching_grouplink.token = nullif(current_setting('app.group_link', true), ''))) OR (app_system() = 'handover')) WITH CHECK (((coaching_grouplink.facilitator_id = app_coach()) AND (coaching_grouplink.group_id = ANY ((SELECT app_led_groups())::uuid[]))) OR (app_system() = 'handover'));
CREATE POLICY wall_delete ON coaching_grouplink FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_grouplink_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (EXISTS (SELECT 1 FROM coaching_group g WHERE g.id = NEW.group_id AND g.facilitator_id = NEW.facilitator_id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': group_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR (app_system() = 'handover')), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.token IS NOT DISTINCT FROM OLD.token OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': token stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_grouplink FOR EACH ROW EXECUTE FUNCTION coaching_grouplink_wall();

-- coaching.GroupMember

ALTER TABLE coaching_groupmember ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_groupmember FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_groupmember;
DROP POLICY IF EXISTS wall_insert ON coaching_groupmember;
DROP POLICY IF EXISTS wall_update ON coaching_groupmember;
DROP POLICY IF EXISTS wall_delete ON coaching_groupmember;
CREATE POLICY wall_read ON coaching_groupmember FOR SELECT USING ((coaching_groupmember.person_id = app_coach()) OR (coaching_groupmember.facilitator_id = app_coach()) OR (app_system() = 'handover' OR app_system() = 'marking'));
CREATE POLICY wall_insert ON coaching_groupmember FOR INSERT WITH CHECK ((EXISTS (SELECT 1 FROM sopcoach_user person WHERE person.id = coaching_groupmember.person_id AND NOT person.is_administrator)) AND (EXISTS (SELECT 1 FROM coaching_grouplink link WHERE (link.group_id = coaching_groupmember.group_id) AND (link.facilitator_id = coaching_groupmember.facilitator_id) AND ((link.facilitator_id = app_coach()) OR ((link.token = nullif(current_setting('app.group_link', true), '')) AND (coaching_groupmember.person_id = app_coach()))))));
CREATE POLICY wall_update ON coaching_groupmember FOR UPDATE USING ((coaching_groupmember.person_id = app_coach()) OR (coaching_groupmember.facilitator_id = app_coach()) OR (app_system() = 'handover' OR app_system() = 'marking')) WITH CHECK (app_system() = 'handover');
CREATE POLICY wall_delete ON coaching_groupmember FOR DELETE USING ((coaching_groupmember.person_id = app_coach()) OR (coaching_groupmember.facilitator_id = app_coach()) OR (app_system() = 'handover'));
CREATE OR REPLACE FUNCTION coaching_groupmember_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': group_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.asked_at IS NOT DISTINCT FROM OLD.asked_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': asked_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_groupmember FOR EACH ROW EXECUTE FUNCTION coaching_groupmember_wall();

-- coaching.GroupSeat

ALTER TABLE coaching_groupseat ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_groupseat FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_groupseat;
DROP POLICY IF EXISTS wall_insert ON coaching_groupseat;
DROP POLICY IF EXISTS wall_update ON coaching_groupseat;
DROP POLICY IF EXISTS wall_delete ON coaching_groupseat;
CREATE POLICY wall_read ON coaching_groupseat FOR SELECT USING ((coaching_groupseat.person_id = app_coach()) OR (coaching_groupseat.group_id = ANY ((SELECT app_listed_groups())::uuid[])) OR (app_system() = 'counting' OR app_system() = 'handover' OR app_system() = 'marking' OR app_system() = 'reminding'));
CREATE POLICY wall_insert ON coaching_groupseat FOR INSERT WITH CHECK ((coaching_groupseat.person_id = app_coach()) AND (coaching_groupseat.group_id = ANY ((SELECT app_listed_groups())::uuid[])) AND (coaching_groupseat.laptop_of_id IS NULL));
CREATE POLICY wall_update ON coaching_groupseat FOR UPDATE USING ((coaching_groupseat.person_id = app_coach()) OR (coaching_groupseat.group_id = ANY ((SELECT app_listed_groups())::uuid[])) OR (app_system() = 'counting' OR app_system() = 'handover' OR app_system() = 'marking' OR app_system() = 'reminding')) WITH CHECK ((coaching_groupseat.person_id = app_coach()) AND (coaching_groupseat.group_id = ANY ((SELECT app_listed_groups())::uuid[])));
CREATE POLICY wall_delete ON coaching_groupseat FOR DELETE USING ((coaching_groupseat.person_id = app_coach()) OR (coaching_groupseat.group_id = ANY ((SELECT app_led_groups())::uuid[])) OR (app_system() = 'handover'));
CREATE OR REPLACE FUNCTION coaching_groupseat_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (EXISTS (SELECT 1 FROM coaching_groupsession meeting WHERE meeting.id = NEW.session_id AND meeting.opened_at IS NULL AND meeting.closed_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_groupsession named WHERE named.id = NEW.session_id AND named.group_id = NEW.group_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': group_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.place IS NOT DISTINCT FROM OLD.place OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': place stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.joined_at IS NOT DISTINCT FROM OLD.joined_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': joined_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.laptop_of_id IS NOT DISTINCT FROM OLD.laptop_of_id OR (EXISTS (SELECT 1 FROM coaching_groupsession s WHERE s.id = NEW.session_id AND s.closed_at IS NULL AND (NEW.laptop_of_id IS NULL OR NEW.laptop_of_id = s.facilitator_id)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': laptop_of_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_groupseat FOR EACH ROW EXECUTE FUNCTION coaching_groupseat_wall();

-- coaching.GroupSession

ALTER TABLE coaching_groupsession ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_groupsession FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_groupsession;
DROP POLICY IF EXISTS wall_insert ON coaching_groupsession;
DROP POLICY IF EXISTS wall_update ON coaching_groupsession;
DROP POLICY IF EXISTS wall_delete ON coaching_groupsession;
CREATE POLICY wall_read ON coaching_groupsession FOR SELECT USING ((coaching_groupsession.group_id = ANY ((SELECT app_listed_groups())::uuid[])) OR (coaching_groupsession.id = ANY ((SELECT app_seated_sessions())::uuid[])) OR (app_system() = 'counting' OR app_system() = 'handover' OR app_system() = 'marking' OR app_system() = 'reminding'));
CREATE POLICY wall_insert ON coaching_groupsession FOR INSERT WITH CHECK ((coaching_groupsession.group_id = ANY ((SELECT app_led_groups())::uuid[])) AND (coaching_groupsession.facilitator_id = app_me()));
CREATE POLICY wall_update ON coaching_groupsession FOR UPDATE USING ((coaching_groupsession.group_id = ANY ((SELECT app_listed_groups())::uuid[])) OR (coaching_groupsession.id = ANY ((SELECT app_seated_sessions())::uuid[])) OR (app_system() = 'counting' OR app_system() = 'handover' OR app_system() = 'marking' OR app_system() = 'reminding')) WITH CHECK ((coaching_groupsession.group_id = ANY ((SELECT app_listed_groups())::uuid[])) OR (app_system() = 'handover'));
CREATE POLICY wall_delete ON coaching_groupsession FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_groupsession_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.opened_at IS NOT DISTINCT FROM OLD.opened_at OR ((OLD.opened_at IS NULL) AND (NEW.facilitator_id = app_me()))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': opened_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closed_at IS NOT DISTINCT FROM OLD.closed_at OR ((OLD.closed_at IS NULL) AND ((NEW.facilitator_id = app_me()) OR (app_system() = 'handover')))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': group_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.number IS NOT DISTINCT FROM OLD.number OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': number stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.profile_id IS NOT DISTINCT FROM OLD.profile_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': profile_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR ((OLD.opened_at IS NULL AND OLD.closed_at IS NULL) AND (((NEW.facilitator_id = app_me()) AND ((NEW.id = ANY ((SELECT app_seated_sessions())::uuid[])) OR (NEW.group_id = ANY ((SELECT app_led_groups())::uuid[]))) AND (EXISTS (SELECT 1 FROM sopcoach_user u WHERE u.id = app_coach() AND u.may_supervise))) OR (((OLD.facilitator_id = app_me()) OR (NEW.group_id = ANY ((SELECT app_led_groups())::uuid[])) OR (app_system() = 'handover')) AND (EXISTS (SELECT 1 FROM coaching_group g WHERE g.id = NEW.group_id AND g.facilitator_id = NEW.facilitator_id)))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.presenter_id IS NOT DISTINCT FROM OLD.presenter_id OR ((OLD.opened_at IS NULL AND OLD.closed_at IS NULL) AND (((OLD.facilitator_id = app_me()) OR (NEW.group_id = ANY ((SELECT app_led_groups())::uuid[])) OR (app_system() = 'handover')) OR (app_me() = coalesce(OLD.presenter_id, app_me()) AND app_me() = coalesce(NEW.presenter_id, app_me()))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': presenter_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.advisor_id IS NOT DISTINCT FROM OLD.advisor_id OR ((OLD.opened_at IS NULL AND OLD.closed_at IS NULL) AND (((OLD.facilitator_id = app_me()) OR (NEW.group_id = ANY ((SELECT app_led_groups())::uuid[])) OR (app_system() = 'handover')) OR (app_me() = coalesce(OLD.advisor_id, app_me()) AND app_me() = coalesce(NEW.advisor_id, app_me()))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': advisor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.starts_at IS NOT DISTINCT FROM OLD.starts_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': starts_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.step IS NOT DISTINCT FROM OLD.step OR ((NEW.facilitator_id = app_me()) AND (OLD.closed_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': step stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_groupsession FOR EACH ROW EXECUTE FUNCTION coaching_groupsession_wall();

-- coaching.GroupWords

ALTER TABLE coaching_groupwords ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_groupwords FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_groupwords;
DROP POLICY IF EXISTS wall_insert ON coaching_groupwords;
DROP POLICY IF EXISTS wall_update ON coaching_groupwords;
DROP POLICY IF EXISTS wall_delete ON coaching_groupwords;
CREATE POLICY wall_read ON coaching_groupwords FOR SELECT USING (coaching_groupwords.session_id = ANY ((SELECT app_seated_sessions())::uuid[]));
CREATE POLICY wall_insert ON coaching_groupwords FOR INSERT WITH CHECK ((coaching_groupwords.session_id = ANY ((SELECT app_seated_sessions())::uuid[])) AND (((EXISTS (SELECT 1 FROM coaching_groupseat own WHERE own.id = coaching_groupwords.seat_id AND own.session_id = coaching_groupwords.session_id AND own.person_id = app_me())) AND (coaching_groupwords.author_id = app_me())) OR ((EXISTS (SELECT 1 FROM coaching_groupseat lent WHERE lent.id = coaching_groupwords.seat_id AND lent.session_id = coaching_groupwords.session_id AND lent.person_id = coaching_groupwords.author_id AND lent.laptop_of_id = app_me())) AND (coaching_groupwords.laptop_of_id = app_me()))) AND ((EXISTS (SELECT 1 FROM coaching_groupsession meeting WHERE meeting.id = coaching_groupwords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_groupsession meeting WHERE meeting.id = coaching_groupwords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds'))));
CREATE POLICY wall_update ON coaching_groupwords FOR UPDATE USING (coaching_groupwords.session_id = ANY ((SELECT app_seated_sessions())::uuid[])) WITH CHECK ((coaching_groupwords.session_id = ANY ((SELECT app_seated_sessions())::uuid[])) AND (((EXISTS (SELECT 1 FROM coaching_groupseat own WHERE own.id = coaching_groupwords.seat_id AND own.session_id = coaching_groupwords.session_id AND own.person_id = app_me())) AND (coaching_groupwords.author_id = app_me())) OR ((EXISTS (SELECT 1 FROM coaching_groupseat lent WHERE lent.id = coaching_groupwords.seat_id AND lent.session_id = coaching_groupwords.session_id AND lent.person_id = coaching_groupwords.author_id AND lent.laptop_of_id = app_me())) AND (coaching_groupwords.laptop_of_id = app_me()))) AND ((EXISTS (SELECT 1 FROM coaching_groupsession meeting WHERE meeting.id = coaching_groupwords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_groupsession meeting WHERE meeting.id = coaching_groupwords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds'))));
CREATE POLICY wall_delete ON coaching_groupwords FOR DELETE USING (coaching_groupwords.author_id = app_me());
CREATE OR REPLACE FUNCTION coaching_groupwords_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_groupsession named WHERE named.id = NEW.session_id AND named.group_id = NEW.group_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.seat_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.seat_id IS NOT DISTINCT FROM OLD.seat_id) OR EXISTS (SELECT 1 FROM coaching_groupseat named WHERE named.id = NEW.seat_id AND named.group_id = NEW.group_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': seat_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.revision IS NOT DISTINCT FROM OLD.revision OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': revision stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saved_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.group_id IS NOT DISTINCT FROM OLD.group_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': group_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.seat_id IS NOT DISTINCT FROM OLD.seat_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': seat_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.step IS NOT DISTINCT FROM OLD.step OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': step stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.field IS NOT DISTINCT FROM OLD.field OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': field stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.said_at IS NOT DISTINCT FROM OLD.said_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': said_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.passed_at IS NOT DISTINCT FROM OLD.passed_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': passed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.laptop_of_id IS NOT DISTINCT FROM OLD.laptop_of_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': laptop_of_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_groupwords FOR EACH ROW EXECUTE FUNCTION coaching_groupwords_wall();

-- coaching.InterestMark

ALTER TABLE coaching_interestmark ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_interestmark FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_interestmark;
DROP POLICY IF EXISTS wall_insert ON coaching_interestmark;
DROP POLICY IF EXISTS wall_update ON coaching_interestmark;
DROP POLICY IF EXISTS wall_delete ON coaching_interestmark;
CREATE POLICY wall_read ON coaching_interestmark FOR SELECT USING (((coaching_interestmark.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_interestmark.partnership_id, coaching_interestmark.aspect_slug) IN (SELECT * FROM app_released_aspects()))) AND ((coaching_interestmark.person_id = app_me()) OR (coaching_interestmark.partnership_id = ANY ((SELECT app_revealed())::uuid[]))));
CREATE POLICY wall_insert ON coaching_interestmark FOR INSERT WITH CHECK ((coaching_interestmark.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_interestmark.person_id = app_me()) AND (NOT EXISTS (SELECT 1 FROM coaching_walkthroughdone d WHERE d.partnership_id = coaching_interestmark.partnership_id AND d.person_id = coaching_interestmark.person_id)));
CREATE POLICY wall_update ON coaching_interestmark FOR UPDATE USING (((coaching_interestmark.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_interestmark.partnership_id, coaching_interestmark.aspect_slug) IN (SELECT * FROM app_released_aspects()))) AND ((coaching_interestmark.person_id = app_me()) OR (coaching_interestmark.partnership_id = ANY ((SELECT app_revealed())::uuid[])))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_interestmark FOR DELETE USING ((coaching_interestmark.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR ((coaching_interestmark.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_interestmark.person_id = app_me()) AND (NOT EXISTS (SELECT 1 FROM coaching_walkthroughdone d WHERE d.partnership_id = coaching_interestmark.partnership_id AND d.person_id = coaching_interestmark.person_id))));
CREATE OR REPLACE FUNCTION coaching_interestmark_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_interestmark FOR EACH ROW EXECUTE FUNCTION coaching_interestmark_wall();

-- coaching.Invitation

ALTER TABLE coaching_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_invitation FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_invitation;
DROP POLICY IF EXISTS wall_insert ON coaching_invitation;
DROP POLICY IF EXISTS wall_update ON coaching_invitation;
DROP POLICY IF EXISTS wall_delete ON coaching_invitation;
CREATE POLICY wall_read ON coaching_invitation FOR SELECT USING ((coaching_invitation.worker_id = app_coach()) OR ((coaching_invitation.supervisor_id = app_coach()) AND (coaching_invitation.slug <> ALL ((SELECT app_ended())::varchar[]))) OR (app_system() = 'retention' OR app_system() = 'ending' OR app_system() = 'erasure'));
CREATE POLICY wall_insert ON coaching_invitation FOR INSERT WITH CHECK ((coaching_invitation.answer = '') AND (((coaching_invitation.supervisor_id = app_coach()) AND (coaching_invitation.asked_by = 'supervisor')) OR ((coaching_invitation.worker_id = app_coach()) AND (coaching_invitation.asked_by = 'worker'))));
CREATE POLICY wall_update ON coaching_invitation FOR UPDATE USING ((coaching_invitation.worker_id = app_coach()) OR ((coaching_invitation.supervisor_id = app_coach()) AND (coaching_invitation.slug <> ALL ((SELECT app_ended())::varchar[]))) OR (app_system() = 'retention' OR app_system() = 'ending' OR app_system() = 'erasure')) WITH CHECK ((((coaching_invitation.worker_id = app_coach()) AND (coaching_invitation.asked_by = 'supervisor')) OR ((coaching_invitation.supervisor_id = app_coach()) AND (coaching_invitation.asked_by = 'worker'))) OR (((coaching_invitation.supervisor_id = app_coach()) AND (coaching_invitation.asked_by = 'supervisor')) OR ((coaching_invitation.worker_id = app_coach()) AND (coaching_invitation.asked_by = 'worker'))));
CREATE POLICY wall_delete ON coaching_invitation FOR DELETE USING (app_system() = 'retention' OR app_system() = 'ending' OR app_system() = 'erasure');
CREATE OR REPLACE FUNCTION coaching_invitation_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slug IS NOT DISTINCT FROM OLD.slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.supervisor_id IS NOT DISTINCT FROM OLD.supervisor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': supervisor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_id IS NOT DISTINCT FROM OLD.worker_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.asked_by IS NOT DISTINCT FROM OLD.asked_by OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': asked_by stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.wish IS NOT DISTINCT FROM OLD.wish OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': wish stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.words IS NOT DISTINCT FROM OLD.words OR ((OLD.answer = '') AND (((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'worker'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': words stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sent_at IS NOT DISTINCT FROM OLD.sent_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sent_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.answer IS NOT DISTINCT FROM OLD.answer OR ((OLD.answer = '') AND (((((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'worker'))) AND (NEW.answer <> 'withdrawn')) OR ((((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'worker'))) AND (NEW.answer = 'withdrawn'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': answer stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.answer_words IS NOT DISTINCT FROM OLD.answer_words OR ((OLD.answer = '') AND (((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'worker'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': answer_words stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.answered_at IS NOT DISTINCT FROM OLD.answered_at OR ((OLD.answer = '') AND (((((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'worker'))) AND (NEW.answer <> 'withdrawn')) OR ((((NEW.supervisor_id = app_coach()) AND (NEW.asked_by = 'supervisor')) OR ((NEW.worker_id = app_coach()) AND (NEW.asked_by = 'worker'))) AND (NEW.answer = 'withdrawn'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': answered_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_invitation FOR EACH ROW EXECUTE FUNCTION coaching_invitation_wall();

-- coaching.LoggedLevel

ALTER TABLE coaching_loggedlevel ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_loggedlevel FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_loggedlevel;
DROP POLICY IF EXISTS wall_insert ON coaching_loggedlevel;
DROP POLICY IF EXISTS wall_update ON coaching_loggedlevel;
DROP POLICY IF EXISTS wall_delete ON coaching_loggedlevel;
CREATE POLICY wall_read ON coaching_loggedlevel FOR SELECT USING (((coaching_loggedlevel.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_loggedlevel.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) AND ((coaching_loggedlevel.author_id = app_me()) OR (coaching_loggedlevel.shared_at IS NOT NULL)));
CREATE POLICY wall_insert ON coaching_loggedlevel FOR INSERT WITH CHECK ((coaching_loggedlevel.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_loggedlevel.author_id = app_me()));
CREATE POLICY wall_update ON coaching_loggedlevel FOR UPDATE USING (((coaching_loggedlevel.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_loggedlevel.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) AND ((coaching_loggedlevel.author_id = app_me()) OR (coaching_loggedlevel.shared_at IS NOT NULL))) WITH CHECK ((coaching_loggedlevel.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_loggedlevel.author_id = app_me()));
CREATE POLICY wall_delete ON coaching_loggedlevel FOR DELETE USING ((coaching_loggedlevel.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_loggedlevel.author_id = app_me()));
CREATE OR REPLACE FUNCTION coaching_loggedlevel_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.client_key IS NOT DISTINCT FROM OLD.client_key OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': client_key stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.glimpse_id IS NOT DISTINCT FROM OLD.glimpse_id OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': glimpse_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.logged_on IS NOT DISTINCT FROM OLD.logged_on OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': logged_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.noted_at IS NOT DISTINCT FROM OLD.noted_at OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': noted_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR ((OLD.shared_at IS NULL) AND (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = OLD.partnership_id AND s.kind = 'progress' AND s.closed_at > OLD.noted_at AND s.opened_at < s.closed_at)))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_loggedlevel FOR EACH ROW EXECUTE FUNCTION coaching_loggedlevel_wall();

-- coaching.Observation

ALTER TABLE coaching_observation ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_observation FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_observation;
DROP POLICY IF EXISTS wall_insert ON coaching_observation;
DROP POLICY IF EXISTS wall_update ON coaching_observation;
DROP POLICY IF EXISTS wall_delete ON coaching_observation;
CREATE POLICY wall_read ON coaching_observation FOR SELECT USING ((coaching_observation.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_observation.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_observation FOR INSERT WITH CHECK ((coaching_observation.partnership_id = ANY ((SELECT app_as_supervisor())::uuid[])) AND (coaching_observation.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_observation.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) AND (EXISTS (SELECT 1 FROM coaching_selfrating f WHERE f.session_id = coaching_observation.session_id AND f.focus_id = coaching_observation.focus_id)));
CREATE POLICY wall_update ON coaching_observation FOR UPDATE USING ((coaching_observation.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_observation.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_observation FOR DELETE USING (coaching_observation.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_observation_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saw IS NOT DISTINCT FROM OLD.saw OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saw stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.try_next IS NOT DISTINCT FROM OLD.try_next OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': try_next stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_observation FOR EACH ROW EXECUTE FUNCTION coaching_observation_wall();

-- coaching.OrientationWish

ALTER TABLE coaching_orientationwish ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_orientationwish FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_orientationwish;
DROP POLICY IF EXISTS wall_insert ON coaching_orientationwish;
DROP POLICY IF EXISTS wall_update ON coaching_orientationwish;
DROP POLICY IF EXISTS wall_delete ON coaching_orientationwish;
CREATE POLICY wall_read ON coaching_orientationwish FOR SELECT USING (coaching_orientationwish.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_insert ON coaching_orientationwish FOR INSERT WITH CHECK ((coaching_orientationwish.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_orientationwish.proposed_by_id = app_me()) AND (coaching_orientationwish.agreed_at IS NULL AND coaching_orientationwish.taken_back_at IS NULL));
CREATE POLICY wall_update ON coaching_orientationwish FOR UPDATE USING (coaching_orientationwish.partnership_id = ANY ((SELECT app_content())::uuid[])) WITH CHECK (coaching_orientationwish.partnership_id = ANY ((SELECT app_content())::uuid[]));
CREATE POLICY wall_delete ON coaching_orientationwish FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_orientationwish_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.proposed_by_id IS NOT DISTINCT FROM OLD.proposed_by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': proposed_by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.proposed_at IS NOT DISTINCT FROM OLD.proposed_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': proposed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.agreed_at IS NOT DISTINCT FROM OLD.agreed_at OR ((OLD.agreed_at IS NULL) AND (NEW.proposed_by_id <> app_me() AND NEW.taken_back_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': agreed_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.taken_back_at IS NOT DISTINCT FROM OLD.taken_back_at OR ((OLD.taken_back_at IS NULL) AND (NEW.agreed_at IS NULL))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_back_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.is_over IS NOT DISTINCT FROM OLD.is_over OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': is_over stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_orientationwish FOR EACH ROW EXECUTE FUNCTION coaching_orientationwish_wall();

-- coaching.Partnership

ALTER TABLE coaching_partnership ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_partnership FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_partnership;
DROP POLICY IF EXISTS wall_insert ON coaching_partnership;
DROP POLICY IF EXISTS wall_update ON coaching_partnership;
DROP POLICY IF EXISTS wall_delete ON coaching_partnership;
CREATE POLICY wall_read ON coaching_partnership FOR SELECT USING ((coaching_partnership.worker_id = app_coach()) OR (coaching_partnership.supervisor_id = app_coach()) OR ((coaching_partnership.engagement = 'ended') AND ((coaching_partnership.worker_id = app_me()) OR (coaching_partnership.supervisor_id = app_me()))) OR (app_system() = 'ending' OR app_system() = 'counting' OR app_system() = 'marking' OR app_system() = 'reminding'));
CREATE POLICY wall_insert ON coaching_partnership FOR INSERT WITH CHECK (((EXISTS (SELECT 1 FROM coaching_invitation i WHERE i.slug = coaching_partnership.slug AND i.worker_id = coaching_partnership.worker_id AND i.supervisor_id = coaching_partnership.supervisor_id AND i.answer = coaching_partnership.engagement AND (i.asked_by = 'supervisor' AND i.worker_id = app_me() OR i.asked_by = 'worker' AND i.answer = i.wish AND i.supervisor_id = app_me()))) AND (EXISTS (SELECT 1 FROM sopcoach_user s WHERE s.id = coaching_partnership.supervisor_id AND s.may_supervise))) AND (EXISTS (SELECT 1 FROM sopcoach_user person WHERE person.id = coaching_partnership.worker_id AND NOT person.is_administrator)) AND (EXISTS (SELECT 1 FROM sopcoach_user person WHERE person.id = coaching_partnership.supervisor_id AND NOT person.is_administrator)));
CREATE POLICY wall_update ON coaching_partnership FOR UPDATE USING ((coaching_partnership.worker_id = app_coach()) OR (coaching_partnership.supervisor_id = app_coach()) OR ((coaching_partnership.engagement = 'ended') AND ((coaching_partnership.worker_id = app_me()) OR (coaching_partnership.supervisor_id = app_me()))) OR (app_system() = 'ending' OR app_system() = 'counting' OR app_system() = 'marking' OR app_system() = 'reminding')) WITH CHECK ((coaching_partnership.worker_id = app_me()) OR (coaching_partnership.supervisor_id = app_me()) OR (app_system() = 'ending'));
CREATE POLICY wall_delete ON coaching_partnership FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_partnership_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.slug IS NOT DISTINCT FROM OLD.slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_id IS NOT DISTINCT FROM OLD.worker_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.supervisor_id IS NOT DISTINCT FROM OLD.supervisor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': supervisor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.engagement IS NOT DISTINCT FROM OLD.engagement OR ((((NEW.worker_id = app_me()) AND (OLD.engagement IN ('observing', 'trying_on')) AND (NEW.engagement IN ('observing', 'trying_on', 'formal'))) OR ((OLD.engagement IN ('formal', 'paused')) AND (NEW.engagement IN ('formal', 'paused')))) OR ((app_system() = 'ending') AND (OLD.engagement <> 'ended') AND (NEW.engagement = 'ended')))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': engagement stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.engaged_on IS NOT DISTINCT FROM OLD.engaged_on OR (((NEW.worker_id = app_me()) AND (OLD.engagement IN ('observing', 'trying_on')) AND (NEW.engagement IN ('observing', 'trying_on', 'formal'))) OR ((OLD.engagement IN ('formal', 'paused')) AND (NEW.engagement IN ('formal', 'paused'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': engaged_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.until_on IS NOT DISTINCT FROM OLD.until_on OR (((NEW.worker_id = app_me()) AND (OLD.engagement IN ('observing', 'trying_on')) AND (NEW.engagement IN ('observing', 'trying_on', 'formal'))) OR ((OLD.engagement IN ('formal', 'paused')) AND (NEW.engagement IN ('formal', 'paused'))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': until_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.formal_on IS NOT DISTINCT FROM OLD.formal_on OR ((OLD.formal_on IS NULL) AND ((NEW.engagement = 'formal') AND (EXISTS (SELECT 1 FROM sopcoach_user s WHERE s.id = NEW.supervisor_id AND s.may_supervise))))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': formal_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.orientation IS NOT DISTINCT FROM OLD.orientation OR (EXISTS (SELECT 1 FROM coaching_orientationwish wish WHERE wish.partnership_id = NEW.id AND wish.proposed_by_id <> app_me() AND wish.agreed_at IS NULL AND wish.taken_back_at IS NULL AND wish.is_over = OLD.orientation))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': orientation stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.path IS NOT DISTINCT FROM OLD.path OR (OLD.engagement = 'formal')), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': path stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.path_order IS NOT DISTINCT FROM OLD.path_order OR (OLD.engagement = 'formal')), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': path_order stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.edition_id IS NOT DISTINCT FROM OLD.edition_id OR (EXISTS (SELECT 1 FROM coaching_editionmove wish WHERE wish.partnership_id = NEW.id AND wish.proposed_by_id <> app_me() AND wish.agreed_at IS NULL AND wish.taken_back_at IS NULL AND wish.edition_id = NEW.edition_id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': edition_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.begun_at IS NOT DISTINCT FROM OLD.begun_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': begun_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.ended_at IS NOT DISTINCT FROM OLD.ended_at OR ((OLD.ended_at IS NULL) AND ((app_system() = 'ending') AND (OLD.engagement <> 'ended') AND (NEW.engagement = 'ended')))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': ended_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.erased_at IS NOT DISTINCT FROM OLD.erased_at OR (NEW.worker_id = app_me())), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': erased_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_partnership FOR EACH ROW EXECUTE FUNCTION coaching_partnership_wall();

-- coaching.Placed

ALTER TABLE coaching_placed ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_placed FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_placed;
DROP POLICY IF EXISTS wall_insert ON coaching_placed;
DROP POLICY IF EXISTS wall_update ON coaching_placed;
DROP POLICY IF EXISTS wall_delete ON coaching_placed;
CREATE POLICY wall_read ON coaching_placed FOR SELECT USING (coaching_placed.person_id = app_me() OR app_system() = 'training');
CREATE POLICY wall_insert ON coaching_placed FOR INSERT WITH CHECK (app_system() = 'training');
CREATE POLICY wall_update ON coaching_placed FOR UPDATE USING (coaching_placed.person_id = app_me() OR app_system() = 'training') WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_placed FOR DELETE USING (app_system() = 'training');
CREATE OR REPLACE FUNCTION coaching_placed_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.cohort_id IS NOT DISTINCT FROM OLD.cohort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': cohort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.vignette IS NOT DISTINCT FROM OLD.vignette OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': vignette stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_placed FOR EACH ROW EXECUTE FUNCTION coaching_placed_wall();

-- coaching.Placement

ALTER TABLE coaching_placement ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_placement FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_placement;
DROP POLICY IF EXISTS wall_insert ON coaching_placement;
DROP POLICY IF EXISTS wall_update ON coaching_placement;
DROP POLICY IF EXISTS wall_delete ON coaching_placement;
CREATE POLICY wall_read ON coaching_placement FOR SELECT USING (coaching_placement.owner_id = app_me());
CREATE POLICY wall_insert ON coaching_placement FOR INSERT WITH CHECK (coaching_placement.owner_id = app_me());
CREATE POLICY wall_update ON coaching_placement FOR UPDATE USING (coaching_placement.owner_id = app_me()) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_placement FOR DELETE USING (coaching_placement.owner_id = app_me());
CREATE OR REPLACE FUNCTION coaching_placement_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': owner_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.note IS NOT DISTINCT FROM OLD.note OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': note stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.placed_at IS NOT DISTINCT FROM OLD.placed_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': placed_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_placement FOR EACH ROW EXECUTE FUNCTION coaching_placement_wall();

-- coaching.PracticeEntry

ALTER TABLE coaching_practiceentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_practiceentry FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_practiceentry;
DROP POLICY IF EXISTS wall_insert ON coaching_practiceentry;
DROP POLICY IF EXISTS wall_update ON coaching_practiceentry;
DROP POLICY IF EXISTS wall_delete ON coaching_practiceentry;
CREATE POLICY wall_read ON coaching_practiceentry FOR SELECT USING ((coaching_practiceentry.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_practiceentry.goal_id = ANY ((SELECT app_released_goals())::uuid[])));
CREATE POLICY wall_insert ON coaching_practiceentry FOR INSERT WITH CHECK ((coaching_practiceentry.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_practiceentry.worker_id = app_me()));
CREATE POLICY wall_update ON coaching_practiceentry FOR UPDATE USING ((coaching_practiceentry.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_practiceentry.goal_id = ANY ((SELECT app_released_goals())::uuid[]))) WITH CHECK ((coaching_practiceentry.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_practiceentry.worker_id = app_me()));
CREATE POLICY wall_delete ON coaching_practiceentry FOR DELETE USING (coaching_practiceentry.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_practiceentry_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.goal_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.goal_id IS NOT DISTINCT FROM OLD.goal_id) OR EXISTS (SELECT 1 FROM coaching_goal named WHERE named.id = NEW.goal_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': goal_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.goal_id IS NOT DISTINCT FROM OLD.goal_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': goal_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_id IS NOT DISTINCT FROM OLD.worker_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.client_key IS NOT DISTINCT FROM OLD.client_key OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': client_key stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.practised_on IS NOT DISTINCT FROM OLD.practised_on OR (NOT EXISTS (SELECT 1 FROM coaching_coachingsession s WHERE s.partnership_id = NEW.partnership_id AND s.kind = 'progress' AND s.closed_at > NEW.noted_at AND s.opened_at < s.closed_at))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': practised_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.noted_at IS NOT DISTINCT FROM OLD.noted_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': noted_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_practiceentry FOR EACH ROW EXECUTE FUNCTION coaching_practiceentry_wall();

-- coaching.PrivateEntry

ALTER TABLE coaching_privateentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_privateentry FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_privateentry;
DROP POLICY IF EXISTS wall_insert ON coaching_privateentry;
DROP POLICY IF EXISTS wall_update ON coaching_privateentry;
DROP POLICY IF EXISTS wall_delete ON coaching_privateentry;
CREATE POLICY wall_read ON coaching_privateentry FOR SELECT USING (coaching_privateentry.owner_id = app_me());
CREATE POLICY wall_insert ON coaching_privateentry FOR INSERT WITH CHECK (coaching_privateentry.owner_id = app_me());
CREATE POLICY wall_update ON coaching_privateentry FOR UPDATE USING (coaching_privateentry.owner_id = app_me()) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_privateentry FOR DELETE USING (coaching_privateentry.owner_id = app_me());
CREATE OR REPLACE FUNCTION coaching_privateentry_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': owner_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.line IS NOT DISTINCT FROM OLD.line OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': line stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.practised_on IS NOT DISTINCT FROM OLD.practised_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': practised_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.noted_at IS NOT DISTINCT FROM OLD.noted_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': noted_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_privateentry FOR EACH ROW EXECUTE FUNCTION coaching_privateentry_wall();

-- coaching.Promise

ALTER TABLE coaching_promise ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_promise FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_promise;
DROP POLICY IF EXISTS wall_insert ON coaching_promise;
DROP POLICY IF EXISTS wall_update ON coaching_promise;
DROP POLICY IF EXISTS wall_delete ON coaching_promise;
CREATE POLICY wall_read ON coaching_promise FOR SELECT USING ((coaching_promise.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_promise.partnership_id, coaching_promise.session_id) IN (SELECT * FROM app_released_sessions())));
CREATE POLICY wall_insert ON coaching_promise FOR INSERT WITH CHECK ((coaching_promise.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_promise.keeper_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_promise.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)));
CREATE POLICY wall_update ON coaching_promise FOR UPDATE USING ((coaching_promise.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_promise.partnership_id, coaching_promise.session_id) IN (SELECT * FROM app_released_sessions()))) WITH CHECK ((coaching_promise.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_promise.keeper_id = app_me()));
CREATE POLICY wall_delete ON coaching_promise FOR DELETE USING ((coaching_promise.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR ((coaching_promise.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_promise.keeper_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_promise.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL))));
CREATE OR REPLACE FUNCTION coaching_promise_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.taken_on_from_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.taken_on_from_id IS NOT DISTINCT FROM OLD.taken_on_from_id) OR EXISTS (SELECT 1 FROM coaching_promise named WHERE named.id = NEW.taken_on_from_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_on_from_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.keeper_id IS NOT DISTINCT FROM OLD.keeper_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': keeper_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.due_on IS NOT DISTINCT FROM OLD.due_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': due_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.made_at IS NOT DISTINCT FROM OLD.made_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': made_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.kept_at IS NOT DISTINCT FROM OLD.kept_at OR ((OLD.kept_at IS NULL) AND (true))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': kept_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.taken_on_from_id IS NOT DISTINCT FROM OLD.taken_on_from_id OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_on_from_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_promise FOR EACH ROW EXECUTE FUNCTION coaching_promise_wall();

-- coaching.Reflection

ALTER TABLE coaching_reflection ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_reflection FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_reflection;
DROP POLICY IF EXISTS wall_insert ON coaching_reflection;
DROP POLICY IF EXISTS wall_update ON coaching_reflection;
DROP POLICY IF EXISTS wall_delete ON coaching_reflection;
CREATE POLICY wall_read ON coaching_reflection FOR SELECT USING ((coaching_reflection.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_reflection.partnership_id, coaching_reflection.session_id) IN (SELECT * FROM app_released_sessions())));
CREATE POLICY wall_insert ON coaching_reflection FOR INSERT WITH CHECK ((coaching_reflection.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_reflection.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_reflection.session_id AND meeting.closed_at IS NULL)));
CREATE POLICY wall_update ON coaching_reflection FOR UPDATE USING ((coaching_reflection.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_reflection.partnership_id, coaching_reflection.session_id) IN (SELECT * FROM app_released_sessions()))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_reflection FOR DELETE USING (coaching_reflection.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_reflection_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.went_well IS NOT DISTINCT FROM OLD.went_well OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': went_well stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.differently IS NOT DISTINCT FROM OLD.differently OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': differently stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_reflection FOR EACH ROW EXECUTE FUNCTION coaching_reflection_wall();

-- coaching.Release

ALTER TABLE coaching_release ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_release FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_release;
DROP POLICY IF EXISTS wall_insert ON coaching_release;
DROP POLICY IF EXISTS wall_update ON coaching_release;
DROP POLICY IF EXISTS wall_delete ON coaching_release;
CREATE POLICY wall_read ON coaching_release FOR SELECT USING ((coaching_release.worker_id = app_me()) OR ((coaching_release.reader_id = app_coach()) AND (coaching_release.taken_back_at IS NULL)) OR (app_system() = 'ending'));
CREATE POLICY wall_insert ON coaching_release FOR INSERT WITH CHECK ((coaching_release.worker_id = app_me()) AND (coaching_release.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (EXISTS (SELECT 1 FROM coaching_partnership n WHERE n.id = coaching_release.into_id AND n.worker_id = app_me() AND n.supervisor_id = coaching_release.reader_id AND n.engagement IN ('formal', 'paused'))));
CREATE POLICY wall_update ON coaching_release FOR UPDATE USING ((coaching_release.worker_id = app_me()) OR ((coaching_release.reader_id = app_coach()) AND (coaching_release.taken_back_at IS NULL)) OR (app_system() = 'ending')) WITH CHECK (((coaching_release.worker_id = app_me()) OR (app_system() = 'ending')) AND (coaching_release.taken_back_at IS NOT NULL));
CREATE POLICY wall_delete ON coaching_release FOR DELETE USING (coaching_release.worker_id = app_me());
CREATE OR REPLACE FUNCTION coaching_release_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.into_id IS NOT DISTINCT FROM OLD.into_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': into_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.worker_id IS NOT DISTINCT FROM OLD.worker_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': worker_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.reader_id IS NOT DISTINCT FROM OLD.reader_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reader_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.released_at IS NOT DISTINCT FROM OLD.released_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': released_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.taken_back_at IS NOT DISTINCT FROM OLD.taken_back_at OR ((OLD.taken_back_at IS NULL) AND (true))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_back_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_release FOR EACH ROW EXECUTE FUNCTION coaching_release_wall();

-- coaching.Reply

ALTER TABLE coaching_reply ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_reply FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_reply;
DROP POLICY IF EXISTS wall_insert ON coaching_reply;
DROP POLICY IF EXISTS wall_update ON coaching_reply;
DROP POLICY IF EXISTS wall_delete ON coaching_reply;
CREATE POLICY wall_read ON coaching_reply FOR SELECT USING ((coaching_reply.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_reply.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_reply FOR INSERT WITH CHECK ((coaching_reply.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_reply.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_observation f WHERE f.session_id = coaching_reply.session_id AND f.focus_id = coaching_reply.focus_id)) AND (EXISTS (SELECT 1 FROM coaching_observation o WHERE o.id = coaching_reply.observation_id AND o.session_id = coaching_reply.session_id AND o.focus_id = coaching_reply.focus_id)));
CREATE POLICY wall_update ON coaching_reply FOR UPDATE USING ((coaching_reply.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_reply.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_reply FOR DELETE USING (coaching_reply.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_reply_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.observation_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.observation_id IS NOT DISTINCT FROM OLD.observation_id) OR EXISTS (SELECT 1 FROM coaching_observation named WHERE named.id = NEW.observation_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': observation_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.observation_id IS NOT DISTINCT FROM OLD.observation_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': observation_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_reply FOR EACH ROW EXECUTE FUNCTION coaching_reply_wall();

-- coaching.ReviewedFocus

ALTER TABLE coaching_reviewedfocus ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_reviewedfocus FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_reviewedfocus;
DROP POLICY IF EXISTS wall_insert ON coaching_reviewedfocus;
DROP POLICY IF EXISTS wall_update ON coaching_reviewedfocus;
DROP POLICY IF EXISTS wall_delete ON coaching_reviewedfocus;
CREATE POLICY wall_read ON coaching_reviewedfocus FOR SELECT USING ((coaching_reviewedfocus.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_reviewedfocus.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_reviewedfocus FOR INSERT WITH CHECK ((coaching_reviewedfocus.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_reviewedfocus.session_id AND meeting.closed_at IS NULL)));
CREATE POLICY wall_update ON coaching_reviewedfocus FOR UPDATE USING ((coaching_reviewedfocus.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_reviewedfocus.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_reviewedfocus FOR DELETE USING ((coaching_reviewedfocus.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) OR ((coaching_reviewedfocus.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_reviewedfocus.session_id AND meeting.opened_at IS NULL AND meeting.closed_at IS NULL)) AND (NOT EXISTS (SELECT 1 FROM coaching_selfrating r WHERE r.session_id = coaching_reviewedfocus.session_id AND r.focus_id = coaching_reviewedfocus.focus_id))));
CREATE OR REPLACE FUNCTION coaching_reviewedfocus_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.fixed_at IS NOT DISTINCT FROM OLD.fixed_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': fixed_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_reviewedfocus FOR EACH ROW EXECUTE FUNCTION coaching_reviewedfocus_wall();

-- coaching.SelfRating

ALTER TABLE coaching_selfrating ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_selfrating FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_selfrating;
DROP POLICY IF EXISTS wall_insert ON coaching_selfrating;
DROP POLICY IF EXISTS wall_update ON coaching_selfrating;
DROP POLICY IF EXISTS wall_delete ON coaching_selfrating;
CREATE POLICY wall_read ON coaching_selfrating FOR SELECT USING ((coaching_selfrating.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_selfrating.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_selfrating FOR INSERT WITH CHECK ((coaching_selfrating.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_selfrating.author_id = app_me()) AND ((coaching_selfrating.session_id IS NULL) OR ((EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_selfrating.session_id AND meeting.closed_at IS NULL)) AND (EXISTS (SELECT 1 FROM coaching_reviewedfocus f WHERE f.session_id = coaching_selfrating.session_id AND f.focus_id = coaching_selfrating.focus_id)))));
CREATE POLICY wall_update ON coaching_selfrating FOR UPDATE USING ((coaching_selfrating.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_selfrating.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_selfrating FOR DELETE USING (coaching_selfrating.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_selfrating_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.glimpse_id IS NOT DISTINCT FROM OLD.glimpse_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': glimpse_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.because IS NOT DISTINCT FROM OLD.because OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': because stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shared_at IS NOT DISTINCT FROM OLD.shared_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shared_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_selfrating FOR EACH ROW EXECUTE FUNCTION coaching_selfrating_wall();

-- coaching.ShadowNote

ALTER TABLE coaching_shadownote ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_shadownote FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_shadownote;
DROP POLICY IF EXISTS wall_insert ON coaching_shadownote;
DROP POLICY IF EXISTS wall_update ON coaching_shadownote;
DROP POLICY IF EXISTS wall_delete ON coaching_shadownote;
CREATE POLICY wall_read ON coaching_shadownote FOR SELECT USING (coaching_shadownote.owner_id = app_me());
CREATE POLICY wall_insert ON coaching_shadownote FOR INSERT WITH CHECK (coaching_shadownote.owner_id = app_me());
CREATE POLICY wall_update ON coaching_shadownote FOR UPDATE USING (coaching_shadownote.owner_id = app_me()) WITH CHECK (coaching_shadownote.owner_id = app_me());
CREATE POLICY wall_delete ON coaching_shadownote FOR DELETE USING (coaching_shadownote.owner_id = app_me());
CREATE OR REPLACE FUNCTION coaching_shadownote_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': owner_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.colleague_id IS NOT DISTINCT FROM OLD.colleague_id OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': colleague_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.stood_out IS NOT DISTINCT FROM OLD.stood_out OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': stood_out stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.question IS NOT DISTINCT FROM OLD.question OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': question stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.seen_on IS NOT DISTINCT FROM OLD.seen_on OR (NOT EXISTS (SELECT 1 FROM coaching_shownnote shown WHERE shown.note_id = NEW.id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': seen_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.noted_at IS NOT DISTINCT FROM OLD.noted_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': noted_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_shadownote FOR EACH ROW EXECUTE FUNCTION coaching_shadownote_wall();

-- coaching.ShadowOffer

ALTER TABLE coaching_shadowoffer ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_shadowoffer FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_shadowoffer;
DROP POLICY IF EXISTS wall_insert ON coaching_shadowoffer;
DROP POLICY IF EXISTS wall_update ON coaching_shadowoffer;
DROP POLICY IF EXISTS wall_delete ON coaching_shadowoffer;
CREATE POLICY wall_read ON coaching_shadowoffer FOR SELECT USING ((coaching_shadowoffer.owner_id = app_me()) OR (EXISTS (SELECT 1 FROM coaching_partnership p WHERE p.worker_id = app_me() AND p.engagement = 'observing')));
CREATE POLICY wall_insert ON coaching_shadowoffer FOR INSERT WITH CHECK (coaching_shadowoffer.owner_id = app_me());
CREATE POLICY wall_update ON coaching_shadowoffer FOR UPDATE USING ((coaching_shadowoffer.owner_id = app_me()) OR (EXISTS (SELECT 1 FROM coaching_partnership p WHERE p.worker_id = app_me() AND p.engagement = 'observing'))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_shadowoffer FOR DELETE USING (coaching_shadowoffer.owner_id = app_me());
CREATE OR REPLACE FUNCTION coaching_shadowoffer_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': owner_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.profile_slug IS NOT DISTINCT FROM OLD.profile_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': profile_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.offered_at IS NOT DISTINCT FROM OLD.offered_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': offered_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_shadowoffer FOR EACH ROW EXECUTE FUNCTION coaching_shadowoffer_wall();

-- coaching.ShownNote

ALTER TABLE coaching_shownnote ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_shownnote FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_shownnote;
DROP POLICY IF EXISTS wall_insert ON coaching_shownnote;
DROP POLICY IF EXISTS wall_update ON coaching_shownnote;
DROP POLICY IF EXISTS wall_delete ON coaching_shownnote;
CREATE POLICY wall_read ON coaching_shownnote FOR SELECT USING ((coaching_shownnote.author_id = app_me()) OR (coaching_shownnote.reader_id = app_me()));
CREATE POLICY wall_insert ON coaching_shownnote FOR INSERT WITH CHECK ((coaching_shownnote.author_id = app_me()) AND (EXISTS (SELECT 1 FROM coaching_shadownote n WHERE n.id = coaching_shownnote.note_id AND n.owner_id = app_me() AND n.colleague_id = coaching_shownnote.reader_id)));
CREATE POLICY wall_update ON coaching_shownnote FOR UPDATE USING ((coaching_shownnote.author_id = app_me()) OR (coaching_shownnote.reader_id = app_me())) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_shownnote FOR DELETE USING (coaching_shownnote.author_id = app_me());
CREATE OR REPLACE FUNCTION coaching_shownnote_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.note_id IS NOT DISTINCT FROM OLD.note_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': note_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.reader_id IS NOT DISTINCT FROM OLD.reader_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': reader_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_id IS NOT DISTINCT FROM OLD.aspect_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.stood_out IS NOT DISTINCT FROM OLD.stood_out OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': stood_out stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.question IS NOT DISTINCT FROM OLD.question OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': question stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.seen_on IS NOT DISTINCT FROM OLD.seen_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': seen_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.shown_at IS NOT DISTINCT FROM OLD.shown_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': shown_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_shownnote FOR EACH ROW EXECUTE FUNCTION coaching_shownnote_wall();

-- coaching.Snapshot

ALTER TABLE coaching_snapshot ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_snapshot FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_snapshot;
DROP POLICY IF EXISTS wall_insert ON coaching_snapshot;
DROP POLICY IF EXISTS wall_update ON coaching_snapshot;
DROP POLICY IF EXISTS wall_delete ON coaching_snapshot;
CREATE POLICY wall_read ON coaching_snapshot FOR SELECT USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (app_system() = 'counting'));
CREATE POLICY wall_insert ON coaching_snapshot FOR INSERT WITH CHECK (app_system() = 'counting');
CREATE POLICY wall_update ON coaching_snapshot FOR UPDATE USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (app_system() = 'counting')) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_snapshot FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION coaching_snapshot_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.year IS NOT DISTINCT FROM OLD.year OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': year stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.quarter_number IS NOT DISTINCT FROM OLD.quarter_number OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': quarter_number stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.taken_at IS NOT DISTINCT FROM OLD.taken_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': taken_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.counted IS NOT DISTINCT FROM OLD.counted OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': counted stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_snapshot FOR EACH ROW EXECUTE FUNCTION coaching_snapshot_wall();

-- coaching.Sorter

ALTER TABLE coaching_sorter ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_sorter FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_sorter;
DROP POLICY IF EXISTS wall_insert ON coaching_sorter;
DROP POLICY IF EXISTS wall_update ON coaching_sorter;
DROP POLICY IF EXISTS wall_delete ON coaching_sorter;
CREATE POLICY wall_read ON coaching_sorter FOR SELECT USING ((coaching_sorter.person_id = app_me()) OR (app_system() = 'sorting'));
CREATE POLICY wall_insert ON coaching_sorter FOR INSERT WITH CHECK ((coaching_sorter.person_id = app_coach()) AND (EXISTS (SELECT 1 FROM coaching_blindsort s WHERE s.id = coaching_sorter.sort_id AND s.closed_on IS NULL)));
CREATE POLICY wall_update ON coaching_sorter FOR UPDATE USING ((coaching_sorter.person_id = app_me()) OR (app_system() = 'sorting')) WITH CHECK ((coaching_sorter.person_id = app_me()) OR (app_system() = 'sorting'));
CREATE POLICY wall_delete ON coaching_sorter FOR DELETE USING ((coaching_sorter.person_id = app_me()) OR (app_system() = 'sorting'));
CREATE OR REPLACE FUNCTION coaching_sorter_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sort_id IS NOT DISTINCT FROM OLD.sort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.named IS NOT DISTINCT FROM OLD.named OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': named stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.orders IS NOT DISTINCT FROM OLD.orders OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': orders stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.alike IS NOT DISTINCT FROM OLD.alike OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': alike stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.kept IS NOT DISTINCT FROM OLD.kept OR (NEW.kept @> OLD.kept)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': kept stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_sorter FOR EACH ROW EXECUTE FUNCTION coaching_sorter_wall();

-- coaching.SortResult

ALTER TABLE coaching_sortresult ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_sortresult FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_sortresult;
DROP POLICY IF EXISTS wall_insert ON coaching_sortresult;
DROP POLICY IF EXISTS wall_update ON coaching_sortresult;
DROP POLICY IF EXISTS wall_delete ON coaching_sortresult;
CREATE POLICY wall_read ON coaching_sortresult FOR SELECT USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (coaching_sortresult.sort_id = ANY ((SELECT app_sorted())::uuid[])) OR (coaching_sortresult.cohort_id = ANY ((SELECT app_rooms())::uuid[])) OR (app_system() = 'sorting'));
CREATE POLICY wall_insert ON coaching_sortresult FOR INSERT WITH CHECK (app_system() = 'sorting');
CREATE POLICY wall_update ON coaching_sortresult FOR UPDATE USING ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (coaching_sortresult.sort_id = ANY ((SELECT app_sorted())::uuid[])) OR (coaching_sortresult.cohort_id = ANY ((SELECT app_rooms())::uuid[])) OR (app_system() = 'sorting')) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_sortresult FOR DELETE USING (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE OR REPLACE FUNCTION coaching_sortresult_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sort_id IS NOT DISTINCT FROM OLD.sort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.cohort_id IS NOT DISTINCT FROM OLD.cohort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': cohort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sorters IS NOT DISTINCT FROM OLD.sorters OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sorters stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.counts IS NOT DISTINCT FROM OLD.counts OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': counts stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.closed_on IS NOT DISTINCT FROM OLD.closed_on OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': closed_on stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_sortresult FOR EACH ROW EXECUTE FUNCTION coaching_sortresult_wall();

-- coaching.SortTally

ALTER TABLE coaching_sorttally ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_sorttally FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_sorttally;
DROP POLICY IF EXISTS wall_insert ON coaching_sorttally;
DROP POLICY IF EXISTS wall_update ON coaching_sorttally;
DROP POLICY IF EXISTS wall_delete ON coaching_sorttally;
CREATE POLICY wall_read ON coaching_sorttally FOR SELECT USING (app_system() = 'sorting');
CREATE POLICY wall_insert ON coaching_sorttally FOR INSERT WITH CHECK (app_system() = 'sorting');
CREATE POLICY wall_update ON coaching_sorttally FOR UPDATE USING (app_system() = 'sorting') WITH CHECK (app_system() = 'sorting');
CREATE POLICY wall_delete ON coaching_sorttally FOR DELETE USING (app_system() = 'sorting');
CREATE OR REPLACE FUNCTION coaching_sorttally_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sort_id IS NOT DISTINCT FROM OLD.sort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.aspect_slug IS NOT DISTINCT FROM OLD.aspect_slug OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': aspect_slug stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.counts IS NOT DISTINCT FROM OLD.counts OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': counts stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_sorttally FOR EACH ROW EXECUTE FUNCTION coaching_sorttally_wall();

-- coaching.Spread

ALTER TABLE coaching_spread ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_spread FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_spread;
DROP POLICY IF EXISTS wall_insert ON coaching_spread;
DROP POLICY IF EXISTS wall_update ON coaching_spread;
DROP POLICY IF EXISTS wall_delete ON coaching_spread;
CREATE POLICY wall_read ON coaching_spread FOR SELECT USING (app_system() = 'training' OR (coaching_spread.revealed_at IS NOT NULL) AND (coaching_spread.cohort_id = ANY ((SELECT app_rooms())::uuid[])));
CREATE POLICY wall_insert ON coaching_spread FOR INSERT WITH CHECK (app_system() = 'training');
CREATE POLICY wall_update ON coaching_spread FOR UPDATE USING (app_system() = 'training' OR (coaching_spread.revealed_at IS NOT NULL) AND (coaching_spread.cohort_id = ANY ((SELECT app_rooms())::uuid[]))) WITH CHECK (app_system() = 'training');
CREATE POLICY wall_delete ON coaching_spread FOR DELETE USING (app_system() = 'training');
CREATE OR REPLACE FUNCTION coaching_spread_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.cohort_id IS NOT DISTINCT FROM OLD.cohort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': cohort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.vignette IS NOT DISTINCT FROM OLD.vignette OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': vignette stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.counts IS NOT DISTINCT FROM OLD.counts OR (OLD.revealed_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': counts stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.revealed_at IS NOT DISTINCT FROM OLD.revealed_at OR (OLD.revealed_at IS NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': revealed_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_spread FOR EACH ROW EXECUTE FUNCTION coaching_spread_wall();

-- coaching.StageWords

ALTER TABLE coaching_stagewords ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_stagewords FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_stagewords;
DROP POLICY IF EXISTS wall_insert ON coaching_stagewords;
DROP POLICY IF EXISTS wall_update ON coaching_stagewords;
DROP POLICY IF EXISTS wall_delete ON coaching_stagewords;
CREATE POLICY wall_read ON coaching_stagewords FOR SELECT USING ((coaching_stagewords.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_stagewords.partnership_id, coaching_stagewords.session_id) IN (SELECT * FROM app_released_sessions())));
CREATE POLICY wall_insert ON coaching_stagewords FOR INSERT WITH CHECK ((coaching_stagewords.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_stagewords.author_id = app_me()) AND ((EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_stagewords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_stagewords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds'))));
CREATE POLICY wall_update ON coaching_stagewords FOR UPDATE USING ((coaching_stagewords.partnership_id = ANY ((SELECT app_content())::uuid[])) OR ((coaching_stagewords.partnership_id, coaching_stagewords.session_id) IN (SELECT * FROM app_released_sessions()))) WITH CHECK ((coaching_stagewords.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_stagewords.author_id = app_me()) AND ((EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_stagewords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)) OR (EXISTS (SELECT 1 FROM coaching_coachingsession meeting WHERE meeting.id = coaching_stagewords.session_id AND meeting.opened_at IS NOT NULL AND meeting.closed_at BETWEEN now() - interval '120 seconds' AND now() + interval '120 seconds'))));
CREATE POLICY wall_delete ON coaching_stagewords FOR DELETE USING (coaching_stagewords.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_stagewords_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.session_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.session_id IS NOT DISTINCT FROM OLD.session_id) OR EXISTS (SELECT 1 FROM coaching_coachingsession named WHERE named.id = NEW.session_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.revision IS NOT DISTINCT FROM OLD.revision OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': revision stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saved_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.session_id IS NOT DISTINCT FROM OLD.session_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': session_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.stage IS NOT DISTINCT FROM OLD.stage OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': stage stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.field IS NOT DISTINCT FROM OLD.field OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': field stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.author_id IS NOT DISTINCT FROM OLD.author_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': author_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_stagewords FOR EACH ROW EXECUTE FUNCTION coaching_stagewords_wall();

-- coaching.Target

ALTER TABLE coaching_target ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_target FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_target;
DROP POLICY IF EXISTS wall_insert ON coaching_target;
DROP POLICY IF EXISTS wall_update ON coaching_target;
DROP POLICY IF EXISTS wall_delete ON coaching_target;
CREATE POLICY wall_read ON coaching_target FOR SELECT USING ((coaching_target.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_target.focus_id = ANY ((SELECT app_released_focuses())::uuid[])));
CREATE POLICY wall_insert ON coaching_target FOR INSERT WITH CHECK ((coaching_target.partnership_id = ANY ((SELECT app_as_worker())::uuid[])) AND (coaching_target.set_by_id = app_me()));
CREATE POLICY wall_update ON coaching_target FOR UPDATE USING ((coaching_target.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_target.focus_id = ANY ((SELECT app_released_focuses())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_target FOR DELETE USING (coaching_target.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_target_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((NEW.focus_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id) OR EXISTS (SELECT 1 FROM coaching_focus named WHERE named.id = NEW.focus_id AND named.partnership_id = NEW.partnership_id)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id belongs to another';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.focus_id IS NOT DISTINCT FROM OLD.focus_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': focus_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.descriptor_id IS NOT DISTINCT FROM OLD.descriptor_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': descriptor_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.set_by_id IS NOT DISTINCT FROM OLD.set_by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': set_by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.set_at IS NOT DISTINCT FROM OLD.set_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': set_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_target FOR EACH ROW EXECUTE FUNCTION coaching_target_wall();

-- coaching.Trainee

ALTER TABLE coaching_trainee ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_trainee FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_trainee;
DROP POLICY IF EXISTS wall_insert ON coaching_trainee;
DROP POLICY IF EXISTS wall_update ON coaching_trainee;
DROP POLICY IF EXISTS wall_delete ON coaching_trainee;
CREATE POLICY wall_read ON coaching_trainee FOR SELECT USING ((coaching_trainee.person_id = app_me()) OR (coaching_trainee.facilitator_id = app_me()) OR (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (app_system() = 'training'));
CREATE POLICY wall_insert ON coaching_trainee FOR INSERT WITH CHECK ((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (app_system() = 'training'));
CREATE POLICY wall_update ON coaching_trainee FOR UPDATE USING ((coaching_trainee.person_id = app_me()) OR (coaching_trainee.facilitator_id = app_me()) OR (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) OR (app_system() = 'training')) WITH CHECK (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator));
CREATE POLICY wall_delete ON coaching_trainee FOR DELETE USING ((coaching_trainee.person_id = app_me()) OR (EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)));
CREATE OR REPLACE FUNCTION coaching_trainee_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (EXISTS (SELECT 1 FROM coaching_cohort c WHERE c.id = NEW.cohort_id AND c.facilitator_id = NEW.facilitator_id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.cohort_id IS NOT DISTINCT FROM OLD.cohort_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': cohort_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.facilitator_id IS NOT DISTINCT FROM OLD.facilitator_id OR (EXISTS (SELECT 1 FROM coaching_cohort c WHERE c.id = NEW.cohort_id AND c.facilitator_id = NEW.facilitator_id))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': facilitator_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.joined_at IS NOT DISTINCT FROM OLD.joined_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': joined_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_trainee FOR EACH ROW EXECUTE FUNCTION coaching_trainee_wall();

-- coaching.TrainingNote

ALTER TABLE coaching_trainingnote ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_trainingnote FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_trainingnote;
DROP POLICY IF EXISTS wall_insert ON coaching_trainingnote;
DROP POLICY IF EXISTS wall_update ON coaching_trainingnote;
DROP POLICY IF EXISTS wall_delete ON coaching_trainingnote;
CREATE POLICY wall_read ON coaching_trainingnote FOR SELECT USING (coaching_trainingnote.owner_id = app_me());
CREATE POLICY wall_insert ON coaching_trainingnote FOR INSERT WITH CHECK (coaching_trainingnote.owner_id = app_me());
CREATE POLICY wall_update ON coaching_trainingnote FOR UPDATE USING (coaching_trainingnote.owner_id = app_me()) WITH CHECK (coaching_trainingnote.owner_id = app_me());
CREATE POLICY wall_delete ON coaching_trainingnote FOR DELETE USING (coaching_trainingnote.owner_id = app_me());
CREATE OR REPLACE FUNCTION coaching_trainingnote_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.text IS NOT DISTINCT FROM OLD.text OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': text stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.revision IS NOT DISTINCT FROM OLD.revision OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': revision stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.saved_at IS NOT DISTINCT FROM OLD.saved_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': saved_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': owner_id stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_trainingnote FOR EACH ROW EXECUTE FUNCTION coaching_trainingnote_wall();

-- coaching.WalkthroughDone

ALTER TABLE coaching_walkthroughdone ENABLE ROW LEVEL SECURITY;
ALTER TABLE coaching_walkthroughdone FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON coaching_walkthroughdone;
DROP POLICY IF EXISTS wall_insert ON coaching_walkthroughdone;
DROP POLICY IF EXISTS wall_update ON coaching_walkthroughdone;
DROP POLICY IF EXISTS wall_delete ON coaching_walkthroughdone;
CREATE POLICY wall_read ON coaching_walkthroughdone FOR SELECT USING ((coaching_walkthroughdone.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_walkthroughdone.partnership_id = ANY ((SELECT app_released())::uuid[])));
CREATE POLICY wall_insert ON coaching_walkthroughdone FOR INSERT WITH CHECK ((coaching_walkthroughdone.partnership_id = ANY ((SELECT app_content())::uuid[])) AND (coaching_walkthroughdone.person_id = app_me()));
CREATE POLICY wall_update ON coaching_walkthroughdone FOR UPDATE USING ((coaching_walkthroughdone.partnership_id = ANY ((SELECT app_content())::uuid[])) OR (coaching_walkthroughdone.partnership_id = ANY ((SELECT app_released())::uuid[]))) WITH CHECK (false);
CREATE POLICY wall_delete ON coaching_walkthroughdone FOR DELETE USING (coaching_walkthroughdone.partnership_id = ANY ((SELECT app_as_worker())::uuid[]));
CREATE OR REPLACE FUNCTION coaching_walkthroughdone_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.partnership_id IS NOT DISTINCT FROM OLD.partnership_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': partnership_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.done_at IS NOT DISTINCT FROM OLD.done_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': done_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON coaching_walkthroughdone FOR EACH ROW EXECUTE FUNCTION coaching_walkthroughdone_wall();

-- sopcoach.AccountChange

ALTER TABLE sopcoach_accountchange ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_accountchange FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_accountchange;
DROP POLICY IF EXISTS wall_insert ON sopcoach_accountchange;
DROP POLICY IF EXISTS wall_update ON sopcoach_accountchange;
DROP POLICY IF EXISTS wall_delete ON sopcoach_accountchange;
CREATE POLICY wall_read ON sopcoach_accountchange FOR SELECT USING ((sopcoach_accountchange.person_id = app_me()) OR (app_system() = 'accounts' OR app_system() = 'retention'));
CREATE POLICY wall_insert ON sopcoach_accountchange FOR INSERT WITH CHECK (app_system() = 'accounts');
CREATE POLICY wall_update ON sopcoach_accountchange FOR UPDATE USING ((sopcoach_accountchange.person_id = app_me()) OR (app_system() = 'accounts' OR app_system() = 'retention')) WITH CHECK (false);
CREATE POLICY wall_delete ON sopcoach_accountchange FOR DELETE USING (app_system() = 'retention');
CREATE OR REPLACE FUNCTION sopcoach_accountchange_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.what IS NOT DISTINCT FROM OLD.what OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.before IS NOT DISTINCT FROM OLD.before OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': before stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.at IS NOT DISTINCT FROM OLD.at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_accountchange FOR EACH ROW EXECUTE FUNCTION sopcoach_accountchange_wall();

-- sopcoach.CalendarFeed

ALTER TABLE sopcoach_calendarfeed ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_calendarfeed FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_calendarfeed;
DROP POLICY IF EXISTS wall_insert ON sopcoach_calendarfeed;
DROP POLICY IF EXISTS wall_update ON sopcoach_calendarfeed;
DROP POLICY IF EXISTS wall_delete ON sopcoach_calendarfeed;
CREATE POLICY wall_read ON sopcoach_calendarfeed FOR SELECT USING ((sopcoach_calendarfeed.person_id = app_me()) OR (app_system() = 'calendar'));
CREATE POLICY wall_insert ON sopcoach_calendarfeed FOR INSERT WITH CHECK (sopcoach_calendarfeed.person_id = app_me());
CREATE POLICY wall_update ON sopcoach_calendarfeed FOR UPDATE USING ((sopcoach_calendarfeed.person_id = app_me()) OR (app_system() = 'calendar')) WITH CHECK ((sopcoach_calendarfeed.person_id = app_me()) OR (app_system() = 'calendar'));
CREATE POLICY wall_delete ON sopcoach_calendarfeed FOR DELETE USING (sopcoach_calendarfeed.person_id = app_me());
CREATE OR REPLACE FUNCTION sopcoach_calendarfeed_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.mark IS NOT DISTINCT FROM OLD.mark OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': mark stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.title IS NOT DISTINCT FROM OLD.title OR (NEW.person_id = app_me())), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': title stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.made_at IS NOT DISTINCT FROM OLD.made_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': made_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.looked_up_at IS NOT DISTINCT FROM OLD.looked_up_at OR (app_system() = 'calendar')), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': looked_up_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_calendarfeed FOR EACH ROW EXECUTE FUNCTION sopcoach_calendarfeed_wall();

-- sopcoach.Letter

ALTER TABLE sopcoach_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_letter FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_letter;
DROP POLICY IF EXISTS wall_insert ON sopcoach_letter;
DROP POLICY IF EXISTS wall_update ON sopcoach_letter;
DROP POLICY IF EXISTS wall_delete ON sopcoach_letter;
CREATE POLICY wall_read ON sopcoach_letter FOR SELECT USING (((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) AND (sopcoach_letter.given_up_at IS NOT NULL OR sopcoach_letter.template = 'manage/people/mail/invitation')) OR (app_system() = 'mailing' OR app_system() = 'retention'));
CREATE POLICY wall_insert ON sopcoach_letter FOR INSERT WITH CHECK ((app_system() = 'mailing') AND (sopcoach_letter.tries = 0) AND (sopcoach_letter.given_up_at IS NULL));
CREATE POLICY wall_update ON sopcoach_letter FOR UPDATE USING (((EXISTS (SELECT 1 FROM sopcoach_user a WHERE a.id = app_me() AND a.is_active AND a.is_administrator)) AND (sopcoach_letter.given_up_at IS NOT NULL OR sopcoach_letter.template = 'manage/people/mail/invitation')) OR (app_system() = 'mailing' OR app_system() = 'retention')) WITH CHECK (app_system() = 'mailing');
CREATE POLICY wall_delete ON sopcoach_letter FOR DELETE USING (app_system() = 'mailing' OR app_system() = 'retention');
CREATE OR REPLACE FUNCTION sopcoach_letter_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.template IS NOT DISTINCT FROM OLD.template OR (NEW.given_up_at IS NOT NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': template stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.by_id IS NOT DISTINCT FROM OLD.by_id OR (NEW.given_up_at IS NOT NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': by_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.old_address IS NOT DISTINCT FROM OLD.old_address OR (NEW.given_up_at IS NOT NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': old_address stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.to_old IS NOT DISTINCT FROM OLD.to_old OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': to_old stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.ip IS NOT DISTINCT FROM OLD.ip OR (NEW.given_up_at IS NOT NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': ip stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.until_on IS NOT DISTINCT FROM OLD.until_on OR (NEW.given_up_at IS NOT NULL)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': until_on stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.made_at IS NOT DISTINCT FROM OLD.made_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': made_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.due_at IS NOT DISTINCT FROM OLD.due_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': due_at stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.tries IS NOT DISTINCT FROM OLD.tries OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': tries stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.given_up_at IS NOT DISTINCT FROM OLD.given_up_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': given_up_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_letter FOR EACH ROW EXECUTE FUNCTION sopcoach_letter_wall();

-- sopcoach.MailChoice

ALTER TABLE sopcoach_mailchoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_mailchoice FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_mailchoice;
DROP POLICY IF EXISTS wall_insert ON sopcoach_mailchoice;
DROP POLICY IF EXISTS wall_update ON sopcoach_mailchoice;
DROP POLICY IF EXISTS wall_delete ON sopcoach_mailchoice;
CREATE POLICY wall_read ON sopcoach_mailchoice FOR SELECT USING ((sopcoach_mailchoice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding'));
CREATE POLICY wall_insert ON sopcoach_mailchoice FOR INSERT WITH CHECK ((sopcoach_mailchoice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding'));
CREATE POLICY wall_update ON sopcoach_mailchoice FOR UPDATE USING ((sopcoach_mailchoice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding')) WITH CHECK ((sopcoach_mailchoice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding'));
CREATE POLICY wall_delete ON sopcoach_mailchoice FOR DELETE USING (false);
CREATE OR REPLACE FUNCTION sopcoach_mailchoice_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.hour IS NOT DISTINCT FROM OLD.hour OR (NEW.person_id = app_me())), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': hour stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.refused IS NOT DISTINCT FROM OLD.refused OR ((NEW.person_id = app_me()) OR (app_system() = 'mailing'))), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': refused stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.gathered_on IS NOT DISTINCT FROM OLD.gathered_on OR (app_system() = 'reminding')), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': gathered_on stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_mailchoice FOR EACH ROW EXECUTE FUNCTION sopcoach_mailchoice_wall();

-- sopcoach.Notice

ALTER TABLE sopcoach_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_notice FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_notice;
DROP POLICY IF EXISTS wall_insert ON sopcoach_notice;
DROP POLICY IF EXISTS wall_update ON sopcoach_notice;
DROP POLICY IF EXISTS wall_delete ON sopcoach_notice;
CREATE POLICY wall_read ON sopcoach_notice FOR SELECT USING ((sopcoach_notice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding' OR app_system() = 'retention'));
CREATE POLICY wall_insert ON sopcoach_notice FOR INSERT WITH CHECK (app_system() = 'mailing');
CREATE POLICY wall_update ON sopcoach_notice FOR UPDATE USING ((sopcoach_notice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding' OR app_system() = 'retention')) WITH CHECK (false);
CREATE POLICY wall_delete ON sopcoach_notice FOR DELETE USING ((sopcoach_notice.person_id = app_me()) OR (app_system() = 'mailing' OR app_system() = 'reminding' OR app_system() = 'retention'));
CREATE OR REPLACE FUNCTION sopcoach_notice_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.occasion IS NOT DISTINCT FROM OLD.occasion OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': occasion stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.for_day IS NOT DISTINCT FROM OLD.for_day OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': for_day stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.about IS NOT DISTINCT FROM OLD.about OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': about stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.within IS NOT DISTINCT FROM OLD.within OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': within stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.made_at IS NOT DISTINCT FROM OLD.made_at OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': made_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_notice FOR EACH ROW EXECUTE FUNCTION sopcoach_notice_wall();

-- sopcoach.SentForm

ALTER TABLE sopcoach_sentform ENABLE ROW LEVEL SECURITY;
ALTER TABLE sopcoach_sentform FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_read ON sopcoach_sentform;
DROP POLICY IF EXISTS wall_insert ON sopcoach_sentform;
DROP POLICY IF EXISTS wall_update ON sopcoach_sentform;
DROP POLICY IF EXISTS wall_delete ON sopcoach_sentform;
CREATE POLICY wall_read ON sopcoach_sentform FOR SELECT USING ((sopcoach_sentform.person_id = app_me()) OR (app_system() = 'retention'));
CREATE POLICY wall_insert ON sopcoach_sentform FOR INSERT WITH CHECK (sopcoach_sentform.person_id = app_me());
CREATE POLICY wall_update ON sopcoach_sentform FOR UPDATE USING ((sopcoach_sentform.person_id = app_me()) OR (app_system() = 'retention')) WITH CHECK (sopcoach_sentform.person_id = app_me());
CREATE POLICY wall_delete ON sopcoach_sentform FOR DELETE USING ((sopcoach_sentform.person_id = app_me()) OR (app_system() = 'retention'));
CREATE OR REPLACE FUNCTION sopcoach_sentform_wall() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT coalesce((TG_OP = 'UPDATE' OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': what it belongs to';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.id IS NOT DISTINCT FROM OLD.id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': person_id stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.mark IS NOT DISTINCT FROM OLD.mark OR (false)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': mark stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sealed IS NOT DISTINCT FROM OLD.sealed OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sealed stays';
    END IF;
    IF NOT coalesce((TG_OP = 'INSERT' OR NEW.sent_at IS NOT DISTINCT FROM OLD.sent_at OR (true)), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': sent_at stays';
    END IF;
    RETURN NEW;
END $wall$;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON sopcoach_sentform FOR EACH ROW EXECUTE FUNCTION sopcoach_sentform_wall();
