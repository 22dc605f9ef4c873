import factory

from sopcoach.models import Unit, User

PASSWORD = "correct horse battery"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person Number{n}")
    email = factory.LazyAttribute(lambda user: f"{user.name.lower().replace(' ', '.')}@agency.example")
    password = factory.django.Password(PASSWORD)
