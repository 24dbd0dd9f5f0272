extension Schema {
    /// Who is told of incidents, and what was told to whom.
    static let subscriptions = """
        CREATE TABLE subscriber (
            id BIGINT PRIMARY KEY,
            channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
            address TEXT NOT NULL,
            address_key TEXT NOT NULL,
            owner_address TEXT NOT NULL,
            link_digest TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('de', 'en')),
            wishes TEXT NOT NULL,
            pending TEXT,
            state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'left', 'forgotten')),
            asked_at BIGINT NOT NULL,
            invited_at BIGINT,
            confirmed_at BIGINT,
            ended_at BIGINT,
            ending TEXT,
            link_generation BIGINT NOT NULL,
            events BIGINT NOT NULL,
            CHECK (state NOT IN ('left', 'forgotten') OR ended_at IS NOT NULL),
            CHECK (state <> 'confirmed' OR confirmed_at IS NOT NULL)
        );
        CREATE UNIQUE INDEX subscriber_by_address ON subscriber (channel, address_key);
        CREATE UNIQUE INDEX subscriber_by_link ON subscriber (link_digest);
        CREATE INDEX subscriber_unconfirmed ON subscriber (asked_at, id) WHERE state = 'asked';
        CREATE INDEX subscriber_left ON subscriber (ended_at, id) WHERE state = 'left';

        CREATE TABLE consent (
            subscriber BIGINT NOT NULL REFERENCES subscriber (id),
            event BIGINT NOT NULL,
            step TEXT NOT NULL CHECK (step IN ('asked', 'confirmed')),
            at BIGINT NOT NULL,
            remote TEXT NOT NULL,
            language TEXT NOT NULL,
            wording TEXT NOT NULL,
            PRIMARY KEY (subscriber, event)
        );

        CREATE TABLE bulletin (
            id TEXT PRIMARY KEY,
            story TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('update', 'translation', 'postmortem', 'reminder')),
            rank BIGINT NOT NULL,
            content TEXT NOT NULL,
            told_at BIGINT NOT NULL,
            expanded_to BIGINT NOT NULL,
            expanded_at BIGINT
        );
        CREATE INDEX bulletin_by_story ON bulletin (story, rank);

        CREATE TABLE bulletin_count (
            bulletin TEXT NOT NULL REFERENCES bulletin (id),
            share BIGINT NOT NULL,
            queued BIGINT NOT NULL,
            accepted BIGINT NOT NULL,
            bounced BIGINT NOT NULL,
            skipped BIGINT NOT NULL,
            PRIMARY KEY (bulletin, share)
        );

        CREATE TABLE notice (
            id BIGINT PRIMARY KEY,
            bulletin TEXT NOT NULL REFERENCES bulletin (id),
            story TEXT NOT NULL,
            subscriber BIGINT NOT NULL REFERENCES subscriber (id),
            channel TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'accepted', 'bounced', 'skipped')),
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            attempts BIGINT NOT NULL,
            may_have_arrived BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            state_at BIGINT NOT NULL,
            CHECK ((state IN ('queued', 'accepted')) = (reason = ''))
        );
        CREATE UNIQUE INDEX notice_once ON notice (bulletin, channel, subscriber);
        CREATE INDEX notice_by_story ON notice (story, subscriber);
        CREATE INDEX notice_accepted ON notice (subscriber, state_at) WHERE state = 'accepted';

        CREATE TABLE works_answer (
            story TEXT NOT NULL,
            subscriber BIGINT NOT NULL REFERENCES subscriber (id),
            works BIGINT NOT NULL,
            answered_at BIGINT NOT NULL,
            PRIMARY KEY (story, subscriber)
        );

        """
    static let subscriptionNumbers = "INSERT INTO sequence (name, value) VALUES ('subscriber', 0), ('notice', 0);\n"
    static let subscriptionNumbersOnPostgreSQL = """
        CREATE SEQUENCE sequence_subscriber MINVALUE 0; SELECT setval('sequence_subscriber', 0);
        CREATE SEQUENCE sequence_notice MINVALUE 0; SELECT setval('sequence_notice', 0);
        """
}
