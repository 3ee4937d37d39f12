// Attachments of a submission: written while they are captured, kept with it or not at all.
#include "tests/unit/offline/outbox_fixture.hpp"

namespace {

using namespace offline_test;
using sealing::AttachmentId;

// Sealed with the world's keys, as the app does it.
base::Bytes sealed_photo(const World& world, const domain::SubId& sub_id, const AttachmentId& id,
                         std::size_t size) {
    auto sealer = sealing::StreamSealer::begin(world.realm, world.keys().sealing_key(start).value(),
                                               {sub_id, id})
                      .value();
    base::Bytes out = sealer.append(base::Bytes(size, 'p')).value();
    const base::Bytes end = sealer.finish().value();
    out.insert(out.end(), end.begin(), end.end());
    return out;
}

class outbox_attachments : public OutboxTest {
  protected:
    static constexpr AttachmentId first{1}, second{2};

    papers::AttachmentLine write(const domain::SubId& sub_id, const AttachmentId& id,
                                 const base::Bytes& sealed) {
        auto writer = box->begin_attachment(sub_id, id, "photo").value();
        for (std::size_t at = 0; at < sealed.size(); at += 30'000)
            EXPECT_TRUE(writer.append(base::ByteView(sealed).subspan(
                at, std::min<std::size_t>(30'000, sealed.size() - at))));
        return writer.finish().value();
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(options.folder + "/attachments"), {}));
    }
};

TEST_F(outbox_attachments, stand_in_the_signed_manifest_and_are_read_back_at_any_offset) {
    auto given = acceptance(world);
    given.attachments = {first, second};
    const auto small = sealed_photo(world, given.sub_id, first, 100);
    const auto large = sealed_photo(world, given.sub_id, second, 200'000);
    const auto line = write(given.sub_id, first, small);
    EXPECT_EQ(line.digest, sealing::digest(world.suite, small));
    write(given.sub_id, second, large);
    EXPECT_EQ(files(), 1u) << "one record stands in the database";
    ASSERT_TRUE(box->accept(given));
    open();
    const auto parcel = box->parcel(1).value().value();
    const auto manifest = papers::Manifest::parse(parcel.manifest).value();
    ASSERT_EQ(manifest.attachments.size(), 2u);
    EXPECT_EQ(manifest.attachments[0], line);
    EXPECT_EQ(manifest.attachments[1].length, static_cast<std::int64_t>(large.size()));
    EXPECT_EQ(parcel.attachments[1].line, manifest.attachments[1]);
    for (const auto& [id, all] : {std::pair{first, small}, {second, large}}) {
        EXPECT_EQ(box->read_attachment(id, 0, 1 << 20).value(), all);
        EXPECT_EQ(box->read_attachment(id, 1000, 5000).value(),
                  base::Bytes(all.begin() + 1000, all.begin() + 6000));
        EXPECT_TRUE(box->read_attachment(id, std::int64_t{1} << 30, 10).value().empty());
    }
    EXPECT_EQ(box->read_attachment({9}, 0, 1).error().code, FaultCode::AnswerNotFound);
}

TEST_F(outbox_attachments, AttachmentWrong_what_was_not_written_to_its_end_is_not_accepted) {
    auto given = acceptance(world);
    given.attachments = {first};
    EXPECT_EQ(box->accept(given).error().code, FaultCode::AttachmentWrong);
    {
        auto writer = box->begin_attachment(given.sub_id, first, "photo").value();
        ASSERT_TRUE(writer.append(base::Bytes(100'000, 1)));
        EXPECT_EQ(box->accept(given).error().code, FaultCode::AttachmentWrong);
        EXPECT_EQ(box->begin_attachment(given.sub_id, first, "photo").error().code,
                  FaultCode::AttachmentWrong)
            << "begun twice";
        EXPECT_EQ(files(), 1u);
    }
    EXPECT_EQ(files(), 0u) << "left before its end";
    EXPECT_EQ(box->begin_attachment(given.sub_id, first, "photo")->finish().error().code,
              FaultCode::AttachmentWrong)
        << "no bytes";
    EXPECT_EQ(box->summary()->next_seq, 1);
}

TEST_F(outbox_attachments, AttachmentWrong_the_id_of_another_submission) {
    auto given = acceptance(world), other = acceptance(world);
    given.attachments = other.attachments = {first};
    write(given.sub_id, first, base::Bytes(500, 1));
    ASSERT_TRUE(box->accept(given));
    write(other.sub_id, first, base::Bytes(500, 2));
    EXPECT_EQ(box->accept(other).error().code, FaultCode::AttachmentWrong);
    EXPECT_EQ(box->read_attachment(first, 0, 1).value(), base::Bytes{1});
}

TEST_F(outbox_attachments, asked_again_gives_the_same_slip_and_other_attachments_a_conflict) {
    auto given = acceptance(world);
    given.attachments = {first};
    write(given.sub_id, first, base::Bytes(100'000, 1));
    const auto slip = box->accept(given).value();
    EXPECT_EQ(box->accept(given).value(), slip) << "not written again";
    write(given.sub_id, first, base::Bytes(100'000, 1));
    EXPECT_EQ(box->accept(given).value(), slip) << "written again";
    EXPECT_EQ(files(), 1u);
    given.attachments = {second};
    EXPECT_EQ(box->accept(given).error().code, FaultCode::OutboxConflict);
}

TEST_F(outbox_attachments, SubmissionTooLarge_too_many_or_too_long) {
    const auto given = acceptance(world);
    open(std::int64_t{100} << 20);
    auto writer = box->begin_attachment(given.sub_id, first, "photo").value();
    const base::Bytes megabyte(1 << 20, 1);
    for (int i = 0; i < 64; ++i) ASSERT_TRUE(writer.append(megabyte));
    EXPECT_EQ(writer.append({megabyte.data(), 1}).error().code, FaultCode::SubmissionTooLarge);
    EXPECT_EQ(files(), 0u);
    for (std::uint8_t n = 0; n < papers::attachments_max; ++n)
        write(given.sub_id, {7, n}, base::Bytes(1, n));
    EXPECT_EQ(box->begin_attachment(given.sub_id, first, "photo").error().code,
              FaultCode::SubmissionTooLarge);
}

TEST_F(outbox_attachments, PostRefused_a_kind_that_is_no_word_is_never_signed) {
    auto given = acceptance(world);
    given.attachments = {first};
    auto writer = box->begin_attachment(given.sub_id, first, "two words").value();
    ASSERT_TRUE(writer.append(base::Bytes(10, 1)));
    ASSERT_TRUE(writer.finish());
    EXPECT_EQ(box->accept(given).error().code, FaultCode::PostRefused);
    EXPECT_EQ(box->summary()->next_seq, 1);
}

TEST_F(outbox_attachments, go_with_their_submission_and_leave_no_file) {
    auto given = acceptance(world);
    given.attachments = {first, second};
    write(given.sub_id, first, base::Bytes(500, 1));
    write(given.sub_id, second, base::Bytes(100'000, 2));
    ASSERT_TRUE(box->accept(given));
    EXPECT_EQ(files(), 1u);
    take(1, papers::ReceiptKind::r2);
    EXPECT_EQ(files(), 0u);
    EXPECT_EQ(box->read_attachment(first, 0, 1).error().code, FaultCode::AnswerNotFound);
    EXPECT_EQ(box->disk_use()->reserved, 0);
}

TEST_F(outbox_attachments, of_a_citizen_who_left_are_gone_at_once_or_at_the_next_start) {
    const auto gone = acceptance(world);
    write(gone.sub_id, first, base::Bytes(100'000, 1));
    box->abandon(gone.sub_id);
    EXPECT_EQ(files(), 0u);
    write(gone.sub_id, first, base::Bytes(100'000, 1));
    EXPECT_EQ(files(), 1u);
    open();
    EXPECT_EQ(files(), 0u);
}

TEST_F(outbox_attachments, what_the_centre_acknowledged_is_remembered_by_the_next_start) {
    auto given = acceptance(world);
    given.attachments = {first};
    write(given.sub_id, first, base::Bytes(100'000, 1));
    ASSERT_TRUE(box->accept(given));
    clock.forward(base::Millis{2000});
    ASSERT_TRUE(box->attachment_acked(first, 40'000));
    ASSERT_TRUE(box->attachment_acked(first, 50'000)) << "not written at once";
    EXPECT_EQ(box->parcel(1).value()->attachments[0].acked, 50'000);
    clock.forward(base::Millis{2000});
    ASSERT_TRUE(box->checkpoint_when_due());
    open();
    EXPECT_EQ(box->parcel(1).value()->attachments[0].acked, 50'000);
}

TEST_F(outbox_attachments, DiskFull_the_quota_counts_them_and_a_reservation_keeps_their_room) {
    open(1024 * 1024);
    auto mine = acceptance(world);
    mine.attachments = {first};
    ASSERT_TRUE(box->reserve(mine.sub_id, 600'000));
    const auto other = acceptance(world);
    auto writer = box->begin_attachment(other.sub_id, second, "photo").value();
    base::Status written;
    for (int i = 0; written && i < 10; ++i) written = writer.append(base::Bytes(50'000, 1));
    EXPECT_EQ(written.error().code, FaultCode::DiskFull);
    EXPECT_EQ(box->disk_use()->level, outbox::DiskLevel::low);
    write(mine.sub_id, first, base::Bytes(580'000, 2));
    EXPECT_TRUE(box->accept(mine));
    EXPECT_EQ(box->disk_use()->reserved, 0) << "given back by the accept";
}

}  // namespace
