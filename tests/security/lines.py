"""The 80 checks of the security list: where each is proven, or why it does not apply.

A check stands for as much as its tests try; `PARTLY` says what of it they leave out.
"""

PROVEN: dict[str, tuple[str, ...]] = {
    "A1": (
        "web/test_sign_in.py::test_a_wrong_sign_in_tells_nothing",
        "web/test_sign_in.py::test_an_unknown_address_takes_as_much_work_as_a_known_one",
    ),
    "A2": (
        "web/test_sign_in.py::test_asking_for_a_link_tells_nothing",
        "web/test_sign_in.py::test_signing_up_with_a_taken_address_tells_its_owner_only",
    ),
    "A3": (
        "web/test_sign_in.py::test_ten_in_five_minutes_reach_an_account_and_no_more",
        "web/test_sign_in.py::test_a_forged_forwarding_header_is_not_believed",
        "people/test_pace.py::test_many_at_once_are_counted_one_by_one",
    ),
    "A4": (
        "web/test_headers.py::test_by_https_no_other_host_can_plant_the_cookie",
        "web/test_sign_in.py::test_a_planted_secret_is_not_taken_and_each_sign_in_has_its_own",
        "web/test_sign_in.py::test_signing_out_ends_it_on_the_server",
    ),
    "A5": (
        "web/test_account.py::test_a_new_password_signs_all_other_browsers_out",
        "web/test_second_factor.py::test_setting_it_up_signs_other_browsers_out",
        "web/test_sign_in.py::test_a_disabled_person_is_out_at_the_next_page",
        "web/test_account.py::test_a_token_finds_nobody_who_is_not_there",
    ),
    "A6": (
        "web/test_sign_in.py::test_looking_at_a_link_uses_nothing_up",
        "web/test_sign_in.py::test_a_link_works_once_and_for_minutes_only",
        "web/test_sign_in.py::test_links_live_ten_minutes_and_confirmation_a_day",
    ),
    "A7": (
        "web/test_second_factor.py::test_no_code_is_taken_twice_however_it_is_typed",
        "web/test_second_factor.py::test_guessing_codes_is_slowed_down",
        "web/test_second_factor.py::test_a_recovery_code_is_taken_once",
        "web/test_second_factor.py::test_a_link_or_a_new_password_does_not_skip_it",
        "web/test_second_factor.py::test_who_may_do_harm_sets_it_up_before_anything_else",
    ),
    "A8": (
        "people/test_passwords.py::test_a_password_is_taken_exactly",
        "people/test_passwords.py::test_a_weak_password_is_refused",
        "people/test_passwords.py::test_no_rule_asks_for_signs",
    ),
    "A9": (
        "web/test_forms.py::test_a_form_without_its_token_does_nothing",
        "web/test_forms.py::test_a_form_from_another_site_does_nothing",
        "web/test_forms.py::test_the_token_of_somebody_else_is_refused",
        "security/test_canaries.py::test_looking_at_every_page_changes_nothing",
    ),
    "A10": (
        "web/test_sign_in.py::test_nobody_is_led_to_another_site",
        "web/test_headers.py::test_an_unknown_host_is_refused",
        "web/test_sign_in.py::test_links_lead_to_the_address_that_is_set_and_never_to_a_claimed_host",
    ),
    "A11": (
        "test_settings.py::test_a_secret_key_that_can_be_found_by_trying_is_refused",
        "cli/test_commands.py::test_serving_without_a_secret_key_is_refused_with_the_mend",
        "people/test_passwords.py::test_the_usual_hash_is_argon2id_well_above_what_owasp_asks",
        "web/test_sign_in.py::test_a_password_is_hashed_anew_when_more_work_is_asked_for",
    ),
    "C1": (
        "test_access.py::test_every_role_and_every_step_is_in_the_table",
        "writing/test_rules.py::test_the_list_and_the_rule_agree_for_every_role_and_scope",
        "feedback/test_rules.py::test_http_says_what_the_table_says_for_each_role_step_and_state",
        "web/test_assessing.py::test_http_says_what_the_table_says_for_each_role",
        "web/test_desk.py::test_http_says_what_the_table_says_for_each_role",
        "web/test_helpdesk_queue.py::test_every_role_meets_a_question_as_far_as_its_scope_reaches",
        "web/test_pictures.py::test_each_role_takes_its_steps_and_no_other",
    ),
    "C2": (
        "communities/test_doors.py::test_what_is_kept_back_is_behind_no_door",
        "communities/test_doors.py::test_counts_tell_nothing_while_the_worker_sleeps",
        "communities/test_doors.py::test_pictures_and_exports_hold_to_it",
    ),
    "C3": (
        "web/test_account.py::test_nobody_reaches_what_belongs_to_another",
        "web/test_write.py::test_strangers_see_no_drafts_and_are_led_to_sign_in",
        "web/test_ask.py::test_nobody_else_reaches_a_question_and_nothing_public_shows_it",
    ),
    "C4": (
        "web/test_account.py::test_a_form_cannot_change_what_it_does_not_show",
        "people/test_given.py::test_what_a_form_holds_besides_is_left_out",
        "web/test_write_sources.py::test_a_field_that_is_none_of_ours_harms_nothing",
    ),
    "C5": (
        "security/test_canaries.py::test_what_is_kept_of_a_person_is_on_no_page_for_others",
        "web/test_helpdesk_queue.py::test_a_note_reaches_no_asker_through_any_door",
        "pictures/test_taking_in.py::test_nothing_but_pixels_comes_through",
    ),
    "C6": (
        "communities/test_rules.py::test_a_steward_who_is_one_no_more_decides_nothing",
        "search/test_upkeep.py::test_a_stale_index_shows_nobody_a_withdrawn_record",
        "web/test_media.py::test_who_lost_her_account_is_a_stranger",
    ),
    "C7": (
        "web/test_headers.py::test_pages_for_one_person_are_kept_nowhere",
        "web/test_account.py::test_a_token_and_a_cookie_do_not_go_together",
    ),
    "C8": (
        "people/test_roles.py::test_granting_and_revoking_is_in_the_log",
        "people/test_roles.py::test_the_last_administrator_stays",
        "people/test_roles.py::test_two_administrators_who_leave_at_once_are_not_both_let_go",
        "web/test_communities.py::test_every_decision_stands_in_the_journal",
    ),
    "I1": (
        "web/test_bad_input.py::test_what_people_type_is_shown_as_typed_and_does_nothing",
        "web/test_bad_input.py::test_nothing_was_harmed",
        "api/test_schemathesis.py::test_every_call_answers_as_the_document_says",
    ),
    "I2": (
        "security/test_odd_input.py::test_no_field_of_any_address_is_a_fault_of_ours",
        "security/test_odd_input.py::test_a_nul_in_any_field_of_any_form_is_no_fault_of_the_database",
        "web/test_write.py::test_whatever_is_typed_is_kept_or_refused_with_the_text",
        "web/test_feedback.py::test_a_megabyte_is_refused_clearly",
    ),
    "I3": (
        "web/test_bad_input.py::test_what_people_type_is_shown_as_typed_and_does_nothing",
        "web/test_write.py::test_whatever_is_typed_is_kept_or_refused_with_the_text",
    ),
    "I4": (
        "messages/test_mail.py::test_a_line_break_never_reaches_a_header",
        "security/test_odd_input.py::test_a_page_is_shown_whatever_the_fields_of_its_address_are_called",
    ),
    "I5": (
        "web/test_bad_input.py::test_wrong_addresses_are_answered",
        "web/test_media.py::test_what_is_no_name_of_ours_is_not_there",
    ),
    "U1": (
        "pictures/test_taking_in.py::test_what_is_no_picture_for_us_is_refused_in_a_sentence",
        "pictures/test_taking_in.py::test_another_file_behind_the_end_is_left_behind",
    ),
    "U2": (
        "web/test_media.py::test_a_file_may_do_nothing_and_is_kept_for_a_year",
        "web/test_media.py::test_every_file_is_a_picture_of_the_size_that_is_said",
    ),
    "U3": (
        "pictures/test_taking_in.py::test_a_bomb_takes_no_memory_and_the_largest_picture_a_bounded_one",
        "pictures/test_taking_in.py::test_one_pixel_too_many_is_refused_before_anything_is_unpacked",
        "pictures/test_taking_in.py::test_a_picture_that_was_cut_is_refused",
    ),
    "U4": (
        "pictures/test_taking_in.py::test_nothing_but_pixels_comes_through",
        "pictures/test_taking_in.py::test_a_picture_stands_upright",
    ),
    "U5": (
        "web/test_pictures.py::test_a_body_that_is_too_long_is_refused_unread",
        "security/test_held.py::test_a_form_that_does_not_say_its_length_is_refused",
    ),
    "U7": (
        "pictures/test_files.py::test_whoever_is_killed_leaves_at_most_files_that_nobody_needs",
        "pictures/test_files.py::test_files_go_an_hour_after_the_last_picture_that_needs_them",
        "web/test_media.py::test_each_role_gets_what_the_rules_say",
    ),
    "T1": (
        "web/test_whole_practice.py::test_words_of_a_record_can_do_nothing",
        "test_language.py::test_markdown_lets_nothing_through_that_could_act",
        "web/test_pages.py::test_json_ld_cannot_break_out_of_the_page",
        "web/test_feeds.py::test_whatever_is_typed_is_xml",
    ),
    "T2": (
        "web/test_headers.py::test_every_answer_forbids_what_no_page_needs",
        "test_shape.py::test_no_page_needs_a_script_or_another_site",
    ),
    "T3": (
        "web/test_headers.py::test_every_answer_forbids_what_no_page_needs",
        "web/test_headers.py::test_without_https_nothing_is_said_of_https",
    ),
    "T4": (
        "web/test_budget.py::test_a_page_asks_no_other_site",
        "test_language.py::test_markdown_lets_nothing_through_that_could_act",
    ),
    "T6": (
        "web/test_bad_input.py::test_our_own_mistake_shows_nothing_of_the_inside",
        "web/test_bad_input.py::test_error_pages_help_in_the_readers_language",
        "api/test_api.py::test_refusals_have_one_shape",
    ),
    "P1": (
        "api/test_schemathesis.py::test_every_call_answers_as_the_document_says",
        "api/test_schemathesis.py::test_the_document_names_every_call",
    ),
    "P2": (
        "search/test_every_index_listed.py::test_changes_between_pages_repeat_and_skip_nothing_that_stays",
        "search/test_every_index_listed.py::test_a_cursor_cannot_be_made_up_to_upset_an_index",
    ),
    "P5": (
        "web/test_account.py::test_a_token_is_shown_once_and_works_until_taken_back",
        "web/test_account.py::test_a_token_that_does_not_work_is_refused",
        "security/test_twice.py::test_a_token_made_twice_is_one_and_the_secret_seen_last_works",
    ),
    "P6": (
        "security/test_flow.py::test_who_searches_without_end_is_asked_to_wait_and_others_are_not",
        "security/test_flow.py::test_processes_count_together",
    ),
    "E1": (
        "test_spreadsheet.py::test_what_looks_like_a_formula_is_marked",
        "web/test_desk.py::test_a_spreadsheet_reckons_nothing_of_what_was_searched",
    ),
    "E2": (
        "cli/test_commands.py::test_bad_seeds_are_named_and_nothing_is_taken_in",
        "exchange/test_seeds.py::test_a_folder_of_seeds_is_taken_in_once",
    ),
    "E4": (
        "cli/test_export.py::test_the_whole_goes_from_one_installation_to_another",
        "security/test_one_moment.py::test_an_export_holds_nothing_that_came_while_it_was_written",
    ),
    "E5": (
        "web/test_account.py::test_everything_about_me_is_mine_and_holds_no_secret",
        "test_belongings.py::test_every_part_that_is_told_of_is_in_her_file",
        "web/test_account.py::test_what_cannot_be_undone_wants_a_fresh_sign_in",
    ),
    "E6": (
        "web/test_account.py::test_deleting_leaves_nothing_of_a_person",
        "test_belongings.py::test_no_table_with_a_person_is_forgotten",
    ),
    "M4": (
        "test_outbox.py::test_what_fails_is_tried_again_later_and_stays_visible",
        "test_outbox.py::test_a_sender_that_is_killed_sends_again_under_the_same_id",
    ),
    "M5": (
        "test_outbox.py::test_work_that_is_undone_sends_nothing",
        "following/test_service.py::test_one_click_ends_it_without_an_account",
    ),
    "S1": (
        "cli/test_commands.py::test_a_worker_in_a_process_of_its_own_takes_in_what_is_published",
        "search/test_upkeep.py::test_a_stale_index_shows_nobody_a_withdrawn_record",
    ),
    "S2": ("web/test_bad_input.py::test_hostile_queries_are_answered",),
    "S3": (
        "search/test_upkeep_crashes.py::test_a_worker_killed_at_any_moment_loses_nothing",
        "search/test_every_index.py::test_every_index_finds_and_counts_the_same",
    ),
    "S4": (
        "web/test_bad_input.py::test_without_an_index_the_database_answers_and_says_so",
        "cli/test_commands.py::test_a_lost_index_is_noticed_and_rebuilt",
        "search/test_whoosh_folder.py::test_a_damaged_file_is_noticed_before_it_is_read",
    ),
    "S5": (
        "search/test_whoosh_folder.py::test_readers_and_writers_go_on_while_it_is_filled_anew",
    ),
    "K1": (
        "web/test_write.py::test_a_save_that_meets_another_shows_both_and_loses_neither",
        "test_database.py::test_no_edit_is_lost_when_two_writers_meet",
    ),
    "K2": (
        "security/test_twice.py::test_a_token_made_at_once_is_one",
        "security/test_twice.py::test_a_certificate_made_at_once_is_one",
        "security/test_twice.py::test_a_rule_made_at_once_is_one",
        "security/test_twice.py::test_consent_written_down_at_once_is_one_and_can_be_given_again",
        "web/test_write.py::test_sending_the_short_form_twice_begins_one_draft",
        "web/test_ask.py::test_sent_from_many_sides_at_once_it_is_one",
        "web/test_sign_in.py::test_two_who_sign_up_with_one_address_at_once_make_one_account",
    ),
    "K4": (
        "security/test_one_moment.py::test_an_export_holds_nothing_that_came_while_it_was_written",
    ),
    "R1": (
        "writing/test_killed.py::test_a_web_process_killed_at_any_moment_loses_no_save_it_acknowledged",
    ),
    "R2": (
        "writing/test_worker_killed.py::test_a_worker_killed_at_any_moment_loses_nothing_that_was_published",
        "search/test_upkeep_crashes.py::test_a_worker_killed_at_any_moment_loses_nothing",
    ),
    "R4": (
        "cli/test_demo.py::test_a_full_disk_is_said_and_loses_nothing",
        "cli/test_commands.py::test_a_read_only_database_is_read_but_not_written",
        "search/test_whoosh_folder.py::test_on_a_full_disk_the_old_index_serves_and_later_it_is_written",
    ),
    "G1": (
        "test_migrations.py::test_migrations_give_exactly_the_tables_of_the_models",
        "test_migrations.py::test_every_migration_can_be_undone_and_done_again",
    ),
    "G2": (
        "cli/test_commands.py::test_an_older_database_is_refused_with_the_mend",
    ),
}  # fmt: skip

PARTLY = {
    "A1": "the work done is compared, not medians of the clock",
    "A11": "debug, default administrators and readable key files do not exist here",
    "C7": "no call writes yet, so a token for reading cannot be tried on one",
    "T1": "some dozens of payloads, not 150",
    "T3": "scores of outside services are not reckoned",
    "E6": "nothing is restored from an older backup",
    "M4": "seconds, not ten minutes",
    "S3": "made-up collections and kills, not one state machine of all verbs",
    "R1": "20 times in .ci/run",
    "R2": "20 times in .ci/run",
    "G2": "there is one release so far",
}
"""Check → what of it its tests leave out."""

NOT_YET = {
    "U6": "no spreadsheet and no archive is taken in",
    "T5": "long texts are tried, pathological Markdown is not",
    "P3": "the API writes nothing yet",
    "P4": "the API writes nothing yet",
    "P7": "the API takes no body yet, and no cookie opens it",
    "E3": "nothing is fetched from an address that somebody gives",
    "M1": "no message is taken in yet",
    "M2": "no message is taken in yet",
    "M3": "no message is taken in yet",
    "M6": "no message is taken in yet",
    "M7": "no SMS yet",
    "K3": "no test of a mixed load by several processes yet",
    "R3": "the settings are tested, the power cut was modelled by hand only",
    "R5": "stopping under load was measured by hand only",
    "R6": "no test with a stalling database or mail server yet",
    "R7": "no backup command yet",
    "G3": "no test that kills a migration yet",
    "G4": "no vulnerability service can be reached from here; see CONTRIBUTING",
    "L1": "measured by hand, in tests/bench",
    "L2": "not measured for ten minutes yet",
    "L3": "limits are tested, a flood is not",
}
"""Check → why nothing proves it."""
