// A submission in the making, over the socket: room before anything is typed, attachments in
// sealed chunks, and what is left of it when somebody leaves.
#include "offline/sealing/streams/sealed_stream.hpp"
#include "tests/unit/offline/post_fixture.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <random>

namespace {

using namespace offline_test;
using post::AttachmentId;

constexpr std::int64_t plenty = 4 << 20;

base::Bytes some_bytes(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    base::Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

// As the app seals while it captures: pieces as they become complete.
struct Sealed {
    AttachmentId id{};
    std::vector<base::Bytes> pieces;
    base::Bytes all;
};
Sealed seal(const World& world, const domain::SubId& sub_id, std::size_t size, std::uint8_t n) {
    Sealed out{{n, 1}, {}, {}};
    auto sealer = sealing::StreamSealer::begin(world.realm, world.keys().sealing_key(start).value(),
                                               {sub_id, out.id})
                      .value();
    const base::Bytes content = some_bytes(size, n);
    for (std::size_t at = 0; at < size; at += 10'000)
        out.pieces.push_back(sealer
                                 .append(base::ByteView(content).subspan(
                                     at, std::min<std::size_t>(10'000, size - at)))
                                 .value());
    out.pieces.push_back(sealer.finish().value());
    for (const auto& piece : out.pieces) out.all.insert(out.all.end(), piece.begin(), piece.end());
    return out;
}

void stream(App& app, Ticket ticket, const domain::SubId& sub_id, const Sealed& sealed) {
    app.client.begin_attachment(ticket, sub_id, sealed.id, "M1");
    for (const auto& piece : sealed.pieces) app.client.append_attachment(sub_id, sealed.id, piece);
    app.client.finish_attachment(sub_id, sealed.id);
}

outbox::Outbox left_behind(const World& world, const Folder& folder) {
    static const base::SystemClock clock;
    return outbox::Outbox::open({folder / "outbox", 64 << 20}, world.terminal(), clock).value();
}

std::size_t files_in(const std::string& folder) {
    if (!fs::exists(folder)) return 0;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

TEST(post_hand_in, what_was_reserved_streamed_and_handed_in_stands_in_the_manifest_as_it_was_said) {
    const Folder folder;
    const World world;
    const auto id = domain::SubId::draw(), corrected = domain::SubId::draw();
    const Sealed small = seal(world, id, 3'000, 1), large = seal(world, id, 700'000, 2);
    domain::LocalReceipt receipt;
    {
        const Office office(world, folder, nobody);
        App app(folder);
        app.client.reserve({1, 1}, id, plenty);
        EXPECT_TRUE(app.wait_for<post::ReserveFinished>().reserved);
        stream(app, {1, 2}, id, large);
        stream(app, {1, 3}, id, small);
        for (const auto* sealed : {&large, &small}) {
            const auto kept = app.wait_for<post::AttachmentFinished>();
            ASSERT_TRUE(kept.line);
            EXPECT_EQ(kept.line->attachment, sealed->id);
            EXPECT_EQ(kept.line->length, static_cast<std::int64_t>(sealed->all.size()));
            EXPECT_EQ(kept.line->digest, sealing::digest(world.suite, sealed->all));
            EXPECT_EQ(kept.line->kind, "M1");
        }
        auto asked = request(world, id);
        asked.attachments = {small.id, large.id};
        asked.lane = post::Lane::urgent;
        asked.amends = corrected;
        asked.key_set = 3;
        app.client.accept({1, 4}, asked);
        receipt = app.wait_for<post::AcceptFinished>().receipt.value();
        // Asked again, without its attachments anywhere but in the outbox: the same slip.
        app.client.accept({1, 5}, asked);
        EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.value(), receipt);
    }
    auto box = left_behind(world, folder);
    const auto parcel = box.parcel(receipt.seq).value().value();
    const auto manifest = papers::Manifest::parse(parcel.manifest).value();
    EXPECT_EQ(manifest.lane, papers::Lane::urgent);
    EXPECT_EQ(manifest.amends, corrected.text());
    EXPECT_EQ(manifest.key_set, 3);
    ASSERT_EQ(manifest.attachments.size(), 2u);
    EXPECT_EQ(manifest.attachments[0].id, small.id) << "in the order of the hand-in";
    EXPECT_EQ(box.read_attachment(small.id, 0, 4 << 20).value(), small.all);
    EXPECT_EQ(box.read_attachment(large.id, 0, 4 << 20).value(), large.all);
    EXPECT_EQ(box.counts().value(), (outbox::Counts{1, 0, 0}));
}

TEST(post_hand_in, DiskFull_is_said_before_the_citizen_types_and_holds_what_others_were_promised) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody, 2 << 20);
    App app(folder);
    app.client.reserve({1, 1}, domain::SubId::draw(), 4 << 20);
    EXPECT_EQ(app.wait_for<post::ReserveFinished>().reserved.error().code, FaultCode::DiskFull);
    const auto first = domain::SubId::draw(), second = domain::SubId::draw();
    app.client.reserve({1, 2}, first, 1 << 20);
    EXPECT_TRUE(app.wait_for<post::ReserveFinished>().reserved);
    app.client.reserve({1, 3}, second, 1 << 20);
    EXPECT_EQ(app.wait_for<post::ReserveFinished>().reserved.error().code, FaultCode::DiskFull);
    // Whoever leaves makes room for who comes next.
    app.client.abandon(first);
    app.client.reserve({1, 4}, second, 1 << 20);
    EXPECT_TRUE(app.wait_for<post::ReserveFinished>().reserved);
    // Nothing bound by the reservation is refused at the end.
    app.client.accept({1, 5}, request(world, second, std::string(400'000, 'x')));
    EXPECT_TRUE(app.wait_for<post::AcceptFinished>().receipt);
}

TEST(post_hand_in, a_second_try_brings_what_had_no_room_and_the_first_says_why) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody, 2 << 20);
    const auto id = domain::SubId::draw();
    const Sealed picture = seal(world, id, 300'000, 1);
    auto asked = request(world, id);
    asked.attachments = {picture.id};
    App app(folder);
    {
        App other(folder);
        other.client.reserve({9, 1}, domain::SubId::draw(), 1 << 20);
        ASSERT_TRUE(other.wait_for<post::ReserveFinished>().reserved);
        app.client.reserve({1, 1}, id, 1 << 20);
        EXPECT_EQ(app.wait_for<post::ReserveFinished>().reserved.error().code, FaultCode::DiskFull);
        stream(app, {1, 2}, id, picture);
        EXPECT_FALSE(app.wait_for<post::AttachmentFinished>().line);
        app.client.accept({1, 3}, asked);
        EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.error().code, FaultCode::DiskFull)
            << "not that an attachment is missing";
    }
    // The other app is gone, and its room with it.
    for (int tries = 0; tries < 1000; ++tries) {
        app.client.accept({1, 4}, asked);
        const auto finished = app.wait_for<post::AcceptFinished>();
        if (finished.receipt) return;
        ASSERT_EQ(finished.receipt.error().code, FaultCode::DiskFull)
            << finished.receipt.error().safe_detail << " try " << tries;
    }
    FAIL() << "the room was never given back";
}

TEST(post_hand_in, an_attachment_beyond_its_reservation_or_begun_twice_ends_in_one_answer) {
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody);
    App app(folder);
    const auto id = domain::SubId::draw();
    app.client.reserve({1, 1}, id, 100'000);
    app.client.begin_attachment({1, 2}, id, {1}, "M1");
    app.client.begin_attachment({1, 3}, id, {1}, "M1");
    app.client.append_attachment(id, {1}, base::Bytes(100'001));
    app.client.append_attachment(id, {1}, base::Bytes(1));
    app.client.finish_attachment(id, {1});
    const auto twice = app.wait_for<post::AttachmentFinished>();
    EXPECT_EQ(twice.ticket, (Ticket{1, 3}));
    EXPECT_EQ(twice.line.error().code, FaultCode::AttachmentWrong);
    const auto beyond = app.wait_for<post::AttachmentFinished>();
    EXPECT_EQ(beyond.ticket, (Ticket{1, 2}));
    EXPECT_EQ(beyond.line.error().code, FaultCode::SubmissionTooLarge);
    // Under the same id again, as it should be.
    app.client.begin_attachment({1, 4}, id, {1}, "M1");
    app.client.append_attachment(id, {1}, base::Bytes(90'000));
    app.client.finish_attachment(id, {1});
    const auto good = app.wait_for<post::AttachmentFinished>();
    EXPECT_EQ(good.ticket, (Ticket{1, 4}));
    EXPECT_TRUE(good.line);
}

TEST(post_hand_in, a_hand_in_that_never_left_does_not_leave_after_its_session) {
    const Folder folder;
    const World world;
    App app(folder);
    const auto id = domain::SubId::draw();
    app.client.reserve({1, 1}, id, plenty);
    app.client.accept({1, 2}, request(world, id));
    app.client.abandon(id);
    EXPECT_EQ(app.wait_for<post::ReserveFinished>().reserved.error().code, FaultCode::PostRefused);
    EXPECT_EQ(app.wait_for<post::AcceptFinished>().receipt.error().code, FaultCode::PostRefused);
    const Office office(world, folder, nobody);
    app.client.accept({1, 3}, request(world));
    EXPECT_TRUE(app.wait_for<post::AcceptFinished>().receipt);
    App another(folder);
    EXPECT_EQ(another.wait_until([](const auto& s) { return s.waiting > 0; }).waiting, 1);
}

// A client that speaks for itself, message by message.
class Raw {
  public:
    explicit Raw(const Folder& folder)
        : connection_(post::connect_to(folder / "post.sock").value()) {
        say(post::message::Hello{domain::Realm::training});
        hear<post::message::Welcome>();
    }
    void say(const post::ClientMessage& message) {
        connection_.send(post::frame_of(message).value());
        while (connection_.wants_to_write()) {
            pollfd wait{connection_.descriptor(), POLLOUT, 0};
            ::poll(&wait, 1, -1);
            if (!connection_.write_some()) throw std::runtime_error("the post hung up");
        }
    }
    template <class Message>
    Message hear() {
        for (;;) {
            while (auto body = connection_.next().value()) {
                auto message = post::server_message(*body).value();
                if (auto* wanted = std::get_if<Message>(&message)) return *wanted;
            }
            pollfd wait{connection_.descriptor(), POLLIN, 0};
            ::poll(&wait, 1, 20'000);
            if (!connection_.read_some()) throw std::runtime_error("the post hung up");
        }
    }

  private:
    post::Connection connection_;
};

TEST(post_hand_in, AttachmentWrong_chunks_out_of_order_or_of_nobody_are_refused_and_leave_nothing) {
    using namespace post::message;
    const Folder folder;
    const World world;
    const Office office(world, folder, nobody);
    Raw app(folder), stranger(folder);
    const auto id = domain::SubId::draw();
    const AttachmentId one{1};
    const auto refused = [](Raw& raw, const post::ClientMessage& message, std::int64_t number) {
        raw.say(message);
        const auto failed = raw.hear<Failed>();
        EXPECT_EQ(failed.id, number);
        EXPECT_EQ(failed.fault.code, FaultCode::AttachmentWrong) << failed.fault.safe_detail;
    };
    refused(app, AttachmentBegin{1, id, one, "M1"}, 1);  // without a reservation
    refused(app, AttachmentChunk{2, one, 0, {1}}, 2);
    refused(app, AttachmentEnd{3, one}, 3);
    app.say(Reserve{4, id, plenty});
    app.hear<Reserved>();
    refused(stranger, AttachmentBegin{1, id, one, "M1"}, 1);
    refused(app, AttachmentBegin{5, id, one, "no word"}, 5);

    const base::Bytes block(65'536, 7);
    app.say(AttachmentBegin{6, id, one, "M1"});
    refused(app, AttachmentBegin{7, id, one, "M1"}, 7);
    app.say(AttachmentChunk{6, one, 0, block});
    app.say(AttachmentChunk{6, one, 65'536, block});
    refused(stranger, AttachmentChunk{6, one, 131'072, block}, 6);
    refused(app, AttachmentChunk{8, one, 131'072, block}, 8);  // of another stream's id
    EXPECT_EQ(files_in(folder / "outbox/attachments"), 1u);
    refused(app, AttachmentChunk{6, one, 65'536, block}, 6);  // again
    EXPECT_EQ(files_in(folder / "outbox/attachments"), 0u) << "begun anew, not patched";
    refused(app, AttachmentChunk{6, one, 131'072, block}, 6);
    refused(app, AttachmentEnd{6, one}, 6);

    app.say(AttachmentBegin{9, id, one, "M1"});
    refused(app, AttachmentEnd{9, one}, 9);  // of no bytes
    app.say(AttachmentBegin{10, id, one, "M1"});
    app.say(AttachmentChunk{10, one, 0, block});
    app.say(AttachmentEnd{10, one});
    EXPECT_EQ(app.hear<AttachmentKept>().line.length, 65'536);
    refused(app, AttachmentBegin{11, id, one, "M1"}, 11);  // it is there
}

TEST(post_hand_in, with_its_connection_goes_whatever_an_app_had_begun_but_nothing_it_handed_in) {
    using namespace post::message;
    const Folder folder;
    const World world;
    const auto id = domain::SubId::draw(), other = domain::SubId::draw();
    const auto given = acceptance(world);
    const AttachmentId one{1}, two{2};
    {
        const Office office(world, folder, nobody);
        const base::Bytes block(65'536, 7);
        {
            Raw app(folder);
            app.say(Reserve{1, given.sub_id, 0});
            app.say(Accept{2, given.sub_id, given.item_code, given.item_version, given.captured_at,
                           given.envelope});
            app.hear<Accepted>();
            app.say(Reserve{3, id, plenty});
            for (const auto& attachment : {one, two}) {
                app.say(AttachmentBegin{4, id, attachment, "M1"});
                app.say(AttachmentChunk{4, attachment, 0, block});
                app.say(AttachmentChunk{4, attachment, 65'536, block});
            }
            app.say(AttachmentEnd{4, one});
            app.hear<AttachmentKept>();
            EXPECT_EQ(files_in(folder / "outbox/attachments"), 2u);
            // The same app, come back before its old connection was seen to break.
            Raw again(folder);
            again.say(Reserve{5, id, plenty});
            again.hear<Reserved>();
            EXPECT_EQ(files_in(folder / "outbox/attachments"), 0u);
            app.say(AttachmentChunk{4, two, 131'072, block});
            EXPECT_EQ(app.hear<Failed>().fault.code, FaultCode::AttachmentWrong);
            again.say(AttachmentBegin{6, id, one, "M1"});
            again.say(AttachmentChunk{6, one, 0, block});
            again.say(AttachmentChunk{6, one, 65'536, block});
            again.say(AttachmentEnd{6, one});
            again.hear<AttachmentKept>();
            EXPECT_EQ(files_in(folder / "outbox/attachments"), 1u);
        }
        // 8 MB of quota: there is room for this one only when the other's is back.
        App next(folder);
        for (int tries = 0;; ++tries) {
            ASSERT_LT(tries, 1000) << "the room was never given back";
            next.client.reserve({1, 1}, other, 7 << 20);
            if (next.wait_for<post::ReserveFinished>().reserved) break;
        }
        EXPECT_EQ(files_in(folder / "outbox/attachments"), 0u);
    }
    auto box = left_behind(world, folder);
    EXPECT_EQ(box.counts().value(), (outbox::Counts{1, 0, 0}));
    EXPECT_EQ(box.disk_use()->reserved, 0);
}

}  // namespace
