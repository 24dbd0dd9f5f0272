extension Schema {
    /// What the public is told of the state of the service: components, incidents, maintenances, announcements. The rows are the fold of the journal.
    static let incidents = """
        CREATE TABLE component (
            id TEXT PRIMARY KEY,
            is_group BIGINT NOT NULL,
            member_of TEXT REFERENCES component (id),
            name_de TEXT NOT NULL,
            name_en TEXT NOT NULL,
            description_de TEXT NOT NULL,
            description_en TEXT NOT NULL,
            position BIGINT NOT NULL,
            is_hidden BIGINT NOT NULL,
            only_if_degraded BIGINT NOT NULL,
            start_day TEXT,
            added_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            retired_at BIGINT,
            events BIGINT NOT NULL,
            CHECK (is_group = 0 OR member_of IS NULL),
            CHECK (name_de <> '' OR name_en <> ''),
            CHECK (position > 0)
        );

        CREATE TABLE incident (
            id TEXT PRIMARY KEY,
            title_de TEXT NOT NULL,
            title_en TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('investigating', 'identified', 'monitoring', 'resolved', 'postmortem')),
            worst_impact TEXT NOT NULL CHECK (worst_impact IN ('none', 'minor', 'major', 'critical')),
            impact_by_hand TEXT CHECK (impact_by_hand IN ('none', 'minor', 'major', 'critical')),
            owner BIGINT REFERENCES agent (id),
            started_at BIGINT NOT NULL,
            opened_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            monitoring_at BIGINT,
            resolved_at BIGINT,
            next_update_by BIGINT,
            next_update_set_at BIGINT,
            next_update_owner_reminded BIGINT,
            next_update_alarms BIGINT,
            postmortem_de TEXT,
            postmortem_en TEXT,
            postmortem_at BIGINT,
            is_backfilled BIGINT NOT NULL,
            asked_at BIGINT,
            events BIGINT NOT NULL,
            CHECK ((state IN ('resolved', 'postmortem')) = (next_update_by IS NULL)),
            CHECK ((state IN ('resolved', 'postmortem')) = (resolved_at IS NOT NULL)),
            CHECK ((next_update_by IS NULL) = (next_update_set_at IS NULL)),
            CHECK (state <> 'postmortem' OR postmortem_at IS NOT NULL),
            CHECK (title_de <> '' OR title_en <> '')
        );
        CREATE INDEX incident_open ON incident (next_update_by, id) WHERE next_update_by IS NOT NULL;
        CREATE INDEX incident_by_start ON incident (started_at, id);

        CREATE TABLE incident_update (
            id TEXT PRIMARY KEY,
            incident TEXT NOT NULL REFERENCES incident (id),
            place BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('investigating', 'identified', 'monitoring', 'resolved')),
            text_de TEXT NOT NULL,
            text_en TEXT NOT NULL,
            written_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            display_at BIGINT NOT NULL,
            next_update_by BIGINT,
            minutes_late BIGINT,
            debt_language TEXT CHECK (debt_language IN ('de', 'en')),
            debt_state TEXT CHECK (debt_state IN ('open', 'paid', 'lapsed')),
            debt_by BIGINT,
            debt_set_at BIGINT,
            debt_owner_reminded BIGINT,
            debt_alarms BIGINT,
            debt_settled_at BIGINT,
            debt_minutes_late BIGINT,
            CHECK (text_de <> '' OR text_en <> ''),
            CHECK ((debt_language IS NULL) = (debt_state IS NULL)),
            CHECK ((debt_language IS NULL) = (debt_by IS NULL))
        );
        CREATE UNIQUE INDEX incident_update_by_incident ON incident_update (incident, place);
        CREATE INDEX incident_update_owing ON incident_update (debt_by, id) WHERE debt_state = 'open';

        CREATE TABLE incident_moment (
            incident TEXT NOT NULL REFERENCES incident (id),
            place BIGINT NOT NULL,
            component TEXT NOT NULL REFERENCES component (id),
            at BIGINT NOT NULL,
            was TEXT NOT NULL,
            became TEXT NOT NULL,
            told_by TEXT REFERENCES incident_update (id),
            PRIMARY KEY (incident, place)
        );
        CREATE INDEX incident_moment_by_component ON incident_moment (component, incident, place);

        CREATE TABLE maintenance (
            id TEXT PRIMARY KEY,
            title_de TEXT NOT NULL,
            title_en TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('scheduled', 'in_progress', 'verifying', 'completed')),
            owner BIGINT REFERENCES agent (id),
            scheduled_for BIGINT NOT NULL,
            scheduled_until BIGINT NOT NULL,
            effects TEXT NOT NULL,
            verifies BIGINT NOT NULL,
            announced_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            started_at BIGINT,
            completed_at BIGINT,
            cancelled_at BIGINT,
            verification_by BIGINT,
            verification_set_at BIGINT,
            verification_owner_reminded BIGINT,
            verification_alarms BIGINT,
            sequence BIGINT NOT NULL,
            reminded BIGINT NOT NULL,
            series_rule TEXT,
            series_first_at BIGINT,
            series_slot BIGINT,
            has_continued BIGINT NOT NULL,
            events BIGINT NOT NULL,
            CHECK (scheduled_for < scheduled_until),
            CHECK ((state = 'verifying') = (verification_by IS NOT NULL)),
            CHECK (state = 'completed' OR (completed_at IS NULL AND cancelled_at IS NULL)),
            CHECK (state <> 'completed' OR completed_at IS NOT NULL OR cancelled_at IS NOT NULL),
            CHECK ((series_rule IS NULL) = (series_slot IS NULL)),
            CHECK (title_de <> '' OR title_en <> '')
        );
        CREATE INDEX maintenance_ahead ON maintenance (scheduled_for, id) WHERE state <> 'completed';
        CREATE INDEX maintenance_to_continue ON maintenance (id) WHERE state = 'completed' AND series_rule IS NOT NULL AND has_continued = 0;

        CREATE TABLE maintenance_update (
            id TEXT PRIMARY KEY,
            maintenance TEXT NOT NULL REFERENCES maintenance (id),
            place BIGINT NOT NULL,
            state TEXT NOT NULL,
            text_de TEXT NOT NULL,
            text_en TEXT NOT NULL,
            written_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            display_at BIGINT NOT NULL,
            CHECK (text_de <> '' OR text_en <> '')
        );
        CREATE UNIQUE INDEX maintenance_update_by_maintenance ON maintenance_update (maintenance, place);

        CREATE TABLE announcement (
            id TEXT PRIMARY KEY,
            title_de TEXT NOT NULL,
            title_en TEXT NOT NULL,
            text_de TEXT NOT NULL,
            text_en TEXT NOT NULL,
            published_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            leaves_at BIGINT,
            withdrawn_at BIGINT,
            events BIGINT NOT NULL
        );
        CREATE INDEX announcement_shown ON announcement (leaves_at, id) WHERE withdrawn_at IS NULL;

        CREATE TABLE status_page (
            number BIGINT PRIMARY KEY CHECK (number = 1),
            version BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            looked_at BIGINT NOT NULL
        );
        """
}
